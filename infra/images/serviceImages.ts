import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DefinitionError, type Fleet, nearestName } from '@taskfleet/toolbox/contract';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { PLATFORM } from '../outputs.ts';
import { bundleService } from './bundleService.ts';

/** Gives the image of a service, by its name: `platform`, or a worker's. What it takes to pull it is made in the scope. */
export type ServiceImages = (service: string, scope: Construct) => ContainerImage;

/** Gives the code of a worker on Lambda, by the worker's name: its `lambda.ts`, which exports `handler`. */
export type FunctionCode = (worker: string) => Code;

/** Bundles go into that folder. */
export function functionCode(folder: string): FunctionCode {
  return (worker) => {
    const bundle = join(folder, `${worker}-function`);
    const entry = join(root, 'workers', worker, 'lambda.ts');
    bundleService({ entry, folder: bundle, target: 'function' });
    return Code.fromAsset(bundle);
  };
}

export interface ServiceImagesOptions {
  readonly fleet: Fleet;
  /** Context of the app: `image.<service>` names an image that a pipeline has built. */
  readonly context: Readonly<Record<string, unknown>>;
  /** Where bundles go. */
  readonly folder: string;
}

/** What context keys of images begin with. */
export const IMAGE_CONTEXT = 'image.';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Images given by name, and the rest built from bundles. Throws DefinitionError for an image of a service that there is not. */
export function serviceImages({ fleet, context, folder }: ServiceImagesOptions): ServiceImages {
  const services = [PLATFORM, ...fleet.workers.map(({ name }) => name)];
  const given = givenImages(context);
  const problems = [...given.keys()]
    .filter((service) => !services.includes(service))
    .map((service) => unknownService(service, services));
  if (problems.length > 0) throw new DefinitionError('context', problems);
  return (service, scope) => {
    const image = given.get(service);
    return image === undefined ? builtImage(service, folder) : givenImage(image, scope);
  };
}

const IN_ECR =
  /^(?<account>\d{12})\.dkr\.ecr\.(?<region>[a-z0-9-]+)\.amazonaws\.com\/(?<repository>[^:@]+)(?::(?<tag>[^@]+))?$/;

/** An image in a registry of the account's own needs the right to pull it; any other is public. */
function givenImage(image: string, scope: Construct): ContainerImage {
  const { account, region, repository, tag = 'latest' } = IN_ECR.exec(image)?.groups ?? {};
  if (!repository) return ContainerImage.fromRegistry(image);
  const arn = `arn:aws:ecr:${region}:${account}:repository/${repository}`;
  const found = Repository.fromRepositoryAttributes(scope, 'Repository', {
    repositoryArn: arn,
    repositoryName: repository,
  });
  return ContainerImage.fromEcrRepository(found, tag);
}

function givenImages(context: ServiceImagesOptions['context']): ReadonlyMap<string, string> {
  const entries = Object.entries(context).filter(([name]) => name.startsWith(IMAGE_CONTEXT));
  return new Map(entries.map(([name, image]) => [name.slice(IMAGE_CONTEXT.length), String(image)]));
}

function unknownService(service: string, services: readonly string[]): string {
  const nearest = nearestName(service, services);
  const hint =
    nearest === undefined ? `known are ${services.join(', ')}` : `did you mean "${nearest}"?`;
  return `${IMAGE_CONTEXT}${service}: there is no service "${service}"; ${hint}`;
}

function builtImage(service: string, folder: string): ContainerImage {
  const own = service === PLATFORM ? 'platform' : join('workers', service);
  const bundle = join(folder, service);
  bundleService({ entry: join(root, own, 'main.ts'), folder: bundle });
  return ContainerImage.fromAsset(bundle, { platform: Platform.LINUX_AMD64 });
}
