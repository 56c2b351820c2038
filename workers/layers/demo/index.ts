export { makeLargeRepository } from './largeRepository.ts';
export { isGitThere } from './repository.ts';
export {
  changeRepository,
  makeSampleRepositories,
  type SampleLayer,
} from './sampleRepositories.ts';
