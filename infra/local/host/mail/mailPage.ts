import { sendEmail } from '@taskfleet/worker-email/contract';
import { z } from 'zod';
import { RefusedError } from '../errors.ts';
import { CREATOR, type HostPage, type Letter, type PageDeps } from '../hostPage.ts';
import { escapeHtml } from '../layout.ts';
import { panel } from '../panel.ts';
import { STRANGERS_POLICY } from '../security/pagePolicy.ts';

const PATH = '/mail';
const SUBJECT = 'announcements';
const SHOWN = { subject: SUBJECT, task: sendEmail.name };

/** Newest ones that are shown. */
const MOST_SHOWN = 20;

const announcement = z.strictObject({
  to: z.email('expected an e-mail address'),
  subject: z.string().min(1, 'expected a subject').max(200),
  text: z.string().min(1, 'expected a text').max(10_000),
});

const letterParams = z.object({ id: z.string() });

/** An announcement goes out by e-mail: the page answers at once, whatever mail server and broker do. */
export async function mailPage({ fleet, letters, platform }: PageDeps): Promise<HostPage> {
  return {
    path: PATH,
    title: 'Announcements',
    about: 'Send an e-mail: the page answers at once, also while the broker is away.',
    script: 'mail.ts',
    body: () => bodyWith(panel(platform.origin(), 'Announcements on their way', SHOWN)),
    addRoutes: (app) => {
      app.post(`${PATH}/messages`, async ({ body }, reply) => {
        const { to, subject, text } = announcement.parse(body);
        const input = { to: [to], subject, text, html: htmlOf(text) };
        // Durable: while the broker is away, the table takes it.
        const about = { durable: true, creator: CREATOR, subject: SUBJECT };
        const { id } = await fleet.schedule(sendEmail, input, about);
        return reply.code(202).send({ id });
      });
      app.get(`${PATH}/messages`, async () => ({
        letters: letters().slice(-MOST_SHOWN).toReversed().map(shown),
      }));
      app.get(`${PATH}/messages/:id/html`, async ({ params }, reply) => {
        const { id } = letterParams.parse(params);
        const letter = letters().find((one) => one.id === id);
        if (letter?.html === undefined) throw new RefusedError(404, 'There is no such letter.');
        return reply
          .header('content-security-policy', STRANGERS_POLICY)
          .type('text/html; charset=utf-8')
          .send(letter.html);
      });
    },
  };
}

function shown({ html, ...letter }: Letter) {
  return { ...letter, hasHtml: html !== undefined };
}

/** The same text for programs that show pages. */
function htmlOf(text: string): string {
  const paragraphs = text.split(/\n{2,}/).map((one) => `<p>${escapeHtml(one)}</p>`);
  return `<div style="font-family: sans-serif">${paragraphs.join('')}</div>`;
}

function bodyWith(tasks: string): string {
  return `
    <h1>Announcements</h1>
    <p class="lead">
      The form schedules <code>email.send</code> and is done: no visitor waits for a mail server. It is scheduled as durable, so that it is
      taken while the broker is away, too, and goes out when it is back. A mail server on this machine catches what is sent, and sends nothing on.
    </p>
    <div class="columns">
      <section class="panel">
        <h2>A new one</h2>
        <form id="announcement">
          <label class="field"><span>To</span><input type="email" name="to" required value="members@example.org" /></label>
          <label class="field"><span>Subject</span><input type="text" name="subject" required maxlength="200" value="The office is open on Saturday" /></label>
          <label class="field"><span>Text</span><textarea name="text" rows="5" required maxlength="10000">Dear members,

on Saturday the office is open from 9 to 12.</textarea></label>
          <button class="main">Send</button>
        </form>
      </section>
      <section class="panel" aria-labelledby="caught">
        <h2 id="caught">What has arrived</h2>
        <p id="none" class="small">Nothing yet.</p>
        <ul id="letters" class="rows"></ul>
      </section>
    </div>
    <section id="letter" class="panel" aria-labelledby="letter-subject" hidden>
      <h2 id="letter-subject" tabindex="-1"></h2>
      <p id="letter-facts" class="small"></p>
      <pre id="letter-text" class="letter-text"></pre>
      <iframe id="letter-html" class="letter-frame" title="The letter as a page" sandbox="" hidden></iframe>
    </section>
    ${tasks}`;
}
