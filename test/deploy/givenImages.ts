/** By service. Nothing pulls them: what the deployed task definitions name. */
export const GIVEN_IMAGES: Readonly<Record<string, string>> = {
  platform: '000000000000.dkr.ecr.us-east-1.amazonaws.com/platform:1',
  thumbnails: '000000000000.dkr.ecr.us-east-1.amazonaws.com/thumbnails:1',
};
