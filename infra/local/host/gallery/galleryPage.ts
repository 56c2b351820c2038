import { artifactRef } from '@taskfleet/toolbox/contract';
import { demonstration } from '@taskfleet/worker-thumbnails/demo';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { HostPage, PageDeps } from '../hostPage.ts';
import { Gallery } from './gallery.ts';
import { galleryBody } from './galleryBody.ts';
import { PHOTO_NAME, photoName } from './photoName.ts';
import { picturesOf } from './picturesOf.ts';

const PATH = '/gallery';
const GALLERY = 'meadow';

const LARGEST_PHOTO_BYTES = 20 * 1_048_576;

const named = z.strictObject({
  name: z.string().regex(PHOTO_NAME, 'expected the name of a photo'),
});
const givenName = z.strictObject({ name: z.string().max(500) });

const THUMBNAILS = `artifact:thumbnails/galleries/${GALLERY}/`;

/** A thumbnail of this gallery's own, and no other file of the bucket. */
const pictureQuery = z.strictObject({
  ref: artifactRef.refine(
    (ref) => ref.startsWith(THUMBNAILS),
    'expected a thumbnail of the gallery',
  ),
});

/** A gallery that fills with thumbnails as they are made. */
export async function galleryPage(deps: PageDeps): Promise<HostPage> {
  const gallery = new Gallery(GALLERY, deps);
  return {
    path: PATH,
    title: 'Gallery',
    about: 'Put photos in, and watch their thumbnails arrive.',
    script: 'gallery.ts',
    body: galleryBody,
    addRoutes: (app) => {
      addReads(app, deps, gallery);
      addChanges(app, deps, gallery);
      void app.register(async (scope) => addUploads(scope, gallery));
    },
  };
}

function addReads(app: FastifyInstance, { platform }: PageDeps, gallery: Gallery): void {
  app.get(`${PATH}/photos`, async () => {
    const [photos, tasks] = await Promise.all([
      gallery.photos(),
      platform.tasks({ worker: 'thumbnails', limit: 100 }),
    ]);
    return { photos: picturesOf(photos, tasks) };
  });
  app.get(`${PATH}/pictures`, async ({ query }, reply) => {
    const picture = await gallery.picture(pictureQuery.parse(query).ref);
    return reply.type('image/webp').send(picture);
  });
}

function addChanges(app: FastifyInstance, { log }: PageDeps, gallery: Gallery): void {
  let drawing: Promise<void> | undefined;
  app.post(`${PATH}/samples`, async (_request, reply) => {
    // Drawn one by one: nobody is kept waiting for the last.
    drawing ??= addSamples(gallery)
      .catch((error: unknown) => log(`samples: ${String(error)}`))
      .finally(() => (drawing = undefined));
    return reply.code(202).send({});
  });
  app.post(`${PATH}/removals`, async ({ body }, reply) => {
    await gallery.remove(named.parse(body).name);
    return reply.code(202).send({});
  });
}

async function addSamples(gallery: Gallery): Promise<void> {
  for await (const { name, contentType, body } of demonstration.files()) {
    await gallery.add({ name, contentType, body });
  }
}

/** Photos come as they are, with their name beside them. */
function addUploads(app: FastifyInstance, gallery: Gallery): void {
  const bodyLimit = LARGEST_PHOTO_BYTES;
  // Whatever it is: the answer to what is no photo says what is.
  app.addContentTypeParser(
    '*',
    { parseAs: 'buffer' },
    async (_request: unknown, body: unknown) => body,
  );
  app.post(`${PATH}/photos`, { bodyLimit }, async ({ query, body, headers }, reply) => {
    const contentType = headers['content-type'] ?? '';
    const name = photoName(givenName.parse(query).name, contentType);
    await gallery.add({ name, contentType, body: z.instanceof(Buffer).parse(body) });
    return reply.code(202).send({ name });
  });
}
