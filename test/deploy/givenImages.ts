/** By service. Nothing pulls them: what the deployed task definitions name. */
export const GIVEN_IMAGES: Readonly<Record<string, string>> = {
  platform: 'registry.example/platform:1',
  thumbnails: 'registry.example/thumbnails:1',
};
