import { describe, expect, it } from 'vitest';
import { networkReason } from './networkReason.ts';

const url = new URL('https://fleet.example.com:8443');
const failed = (code: string) => Object.assign(new Error('as Node says it'), { code });
const reason = (cause: unknown, isChange = false) => networkReason({ cause, url, isChange });

describe('why nobody has answered', () => {
  it.each([
    ['ENOTFOUND', 'no machine is called "fleet.example.com"', '--url, TASKFLEET_URL'],
    ['EAI_AGAIN', 'nobody can be asked now who "fleet.example.com" is', 'on the network'],
    ['ECONNREFUSED', 'nothing listens at fleet.example.com:8443', '--url, TASKFLEET_URL'],
    ['UND_ERR_CONNECT_TIMEOUT', 'fleet.example.com:8443 does not answer', 'a VPN or a firewall'],
    ['UND_ERR_SOCKET', 'fleet.example.com:8443 has hung up', '--url, TASKFLEET_URL'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'fleet.example.com:8443 does not speak https', 'http://?'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'is of nobody whom this machine trusts', 'NODE_EXTRA_CA_CERTS'],
    ['CERT_HAS_EXPIRED', 'the certificate of fleet.example.com:8443 has expired', 'renew it'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'is for another name', '--url, TASKFLEET_URL'],
  ])('with %s is said in words, and what to do', (code, says, remedy) => {
    const [what, ...todo] = reason(failed(code)).split(` (${code}); `);
    expect(what).toContain(says);
    expect(todo.join()).toContain(remedy);
  });

  it('is what Node says where that is not known, with what to look at', () => {
    expect(reason(new Error('bad port'))).toMatch(
      /^bad port \(fleet\.example\.com:8443\); is that the address of a stage/,
    );
  });

  it('is the time that it took', () => {
    expect(reason(AbortSignal.abort(new DOMException('late', 'TimeoutError')).reason)).toMatch(
      /^fleet\.example\.com:8443 has answered nothing within a minute \(TimeoutError\); is that/,
    );
  });

  it.each(['UND_ERR_SOCKET', 'ECONNRESET'])('with %s leaves a change open', (code) => {
    expect(reason(failed(code), true)).toContain('it may have been done all the same');
    expect(reason(failed(code))).not.toContain('it may have been done');
  });

  it('with ECONNREFUSED does not, as it was never sent', () => {
    expect(reason(failed('ECONNREFUSED'), true)).not.toContain('it may have been done');
  });
});
