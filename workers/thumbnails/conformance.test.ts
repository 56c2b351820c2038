import { testConformance } from '@taskfleet/testing/conformance';
import { thumbnailsWith } from './implementation.ts';
import { plainPhoto } from './testing/photos.ts';
import { usualSizes } from './testing/usualSizes.ts';

const photo = async () => plainPhoto({ width: 400, height: 300 }, '#468').jpeg().toBuffer();

testConformance(thumbnailsWith(usualSizes), {
  samples: {
    'thumbnails.create': async ({ access }) => {
      const file = { body: await photo(), contentType: 'image/jpeg' };
      return {
        gallery: 'summer',
        photo: await access.put({ key: 'uploads/IMG_0042.jpg', ...file }),
      };
    },
    'thumbnails.gallery': async ({ access }) => {
      const file = { body: await photo(), contentType: 'image/jpeg' };
      await access.put({ key: 'uploads/galleries/winter/IMG_0043.jpg', ...file });
      return { gallery: 'winter' };
    },
  },
});
