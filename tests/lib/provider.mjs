// A real provider of OpenID Connect, as an agency may have one: node-oidc-provider, which the OpenID Foundation has certified.
// It is on `localhost` and collectors are on `127.0.0.1`, so that to a browser they are different sites.
import crypto from 'node:crypto';
import http from 'node:http';
import { Provider } from 'oidc-provider';

export const CLIENT = 'qulaq';
export const SECRET = 'hush-of-the-provider-0123456789abcdef';

/** A fresh key that signs tokens. */
function key(kid) {
  const { privateKey } = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' };
}

/**
 * A provider that knows whoever types a name, with the claims that `people` has of them. It answers after `open(origin)` has told
 * it where the collector is; `turn(kid)` gives it another key; `close()` has it answer nobody.
 */
export async function startProvider(people) {
  let answer;
  const server = http.createServer((request, response) => (answer ? answer(request, response) : response.writeHead(502).end('<h1>502</h1>')));
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const issuer = `http://localhost:${server.address().port}`;
  let origin;
  const turn = (kid) => {
    const provider = new Provider(issuer, {
      clients: [{ client_id: CLIENT, client_secret: SECRET, redirect_uris: [`${origin}/console/sign-in/return`], post_logout_redirect_uris: [`${origin}/console/sign-in`] }],
      claims: { openid: ['sub'], profile: ['name', 'preferred_username'], groups: ['groups'] },
      scopes: ['openid', 'profile', 'groups'],
      conformIdTokenClaims: false,
      findAccount: (context, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
      pkce: { required: () => true },
      jwks: { keys: [key(kid)] },
      cookies: { keys: ['of these tests alone'] },
    });
    answer = provider.callback();
  };
  const open = (collector) => { origin = collector; turn('first'); };
  const close = () => { answer = undefined; };
  const stop = () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); });
  return { issuer, open, turn, close, stop };
}

/** Proves on the provider's own pages to be somebody, and agrees that the collector is told. */
export async function prove(page, name) {
  const field = page.locator('[name=login]');
  const agree = page.getByRole('button', { name: 'Continue' });
  await field.or(agree).first().waitFor();
  if (await field.count()) {
    await field.fill(name);
    await page.locator('[name=password]').fill('any');
    await page.getByRole('button', { name: 'Sign-in' }).click();
  }
  // Asked once: whoever has agreed is sent on at once.
  await page.waitForURL((url) => url.hostname === '127.0.0.1' || url.pathname.startsWith('/interaction/'));
  if (new URL(page.url()).hostname === 'localhost') await agree.click();
  await page.waitForURL((url) => url.hostname === '127.0.0.1');
}
