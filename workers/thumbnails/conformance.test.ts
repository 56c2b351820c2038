import { testConformance } from '@taskfleet/testing/conformance';
import { thumbnails } from './implementation.ts';
import { plainPhoto } from './testing/photos.ts';

testConformance(thumbnails, {
  samples: {
    'thumbnails.create': async ({ access }) => {
      const body = await plainPhoto({ width: 400, height: 300 }, '#468').jpeg().toBuffer();
      const photo = await access.put({
        key: 'uploads/IMG_0042.jpg',
        body,
        contentType: 'image/jpeg',
      });
      return { gallery: 'summer', photo };
    },
  },
});
