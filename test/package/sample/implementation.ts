import { implement, NonRetryableError } from '@taskfleet/toolbox/contract';
import { wordsWorker } from './contract.ts';

export const words = implement(wordsWorker, {
  'words.count': ({ text }, ctx) => {
    const found = text.match(/\p{Letter}+/gu);
    if (!found) throw new NonRetryableError('the text has no words');
    ctx.progress(0.5, `${found.length} words`);
    const longest = Math.max(...found.map(({ length }) => length));
    ctx.log.info('counted', { longest });
    return { words: found.length, longest };
  },
});
