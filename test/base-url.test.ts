import fc from 'fast-check';
import {readBaseUrl} from '../src/base-url';

const ACME = 'https://acme.api.kustomerapp.com';

test.each([
  'acme',
  ' acme\n',
  'ACME',
  'acme/',
  'acme.kustomerapp.com',
  'acme.kustomerapp.com/app/customers/123?tab=1#top',
  'acme.api.kustomerapp.com',
  'acme.api.kustomerapp.com/v1',
  'https://acme',
  'https://acme.kustomerapp.com/app',
  'https://acme.api.kustomerapp.com/v1/',
  'HTTPS://Acme.Api.Kustomerapp.com:443',
])('%j is an organization', (text) => expect(readBaseUrl(text)).toEqual({url: ACME}));

test.each([
  ['api.kustomerapp.com', 'https://api.kustomerapp.com'],
  ['https://api.kustomerapp.com/v1', 'https://api.kustomerapp.com'],
  ['api.prod2.kustomerapp.com', 'https://api.prod2.kustomerapp.com'],
  ['localhost', 'https://localhost'],
  ['localhost:4010', 'https://localhost:4010'],
  ['acme:8443', 'https://acme:8443'],
  ['https://gateway.example.com/kustomer/v1', 'https://gateway.example.com/kustomer'],
  ['https://evil.com/acme.kustomerapp.com', 'https://evil.com/acme.kustomerapp.com'],
  ['https://acme.kustomerapp.com.evil.com', 'https://acme.kustomerapp.com.evil.com'],
  ['http://localhost:4010', 'http://localhost:4010'],
])('%j is taken as it is', (text, url) => expect(readBaseUrl(text)).toEqual({url}));

test.each([
  ['http://acme.kustomerapp.com', /^must begin with https/],
  ['http://acme', /^must begin with https/],
  ['https://me:pass@acme.kustomerapp.com', /^must not hold a user name/],
  ['me@acme', /^must not hold a user name/],
  ['https://gateway.example.com?a=b', /^must end with the host/],
  ['https://', /^must be a URL/],
  ['https:// acme', /^must be a URL/],
  ['', /^must be a URL/],
])('%j is refused', (text, problem) => {
  expect(readBaseUrl(text)).toEqual({problem: expect.stringMatching(problem) as string});
});

test.each([
  'http://localhost',
  'http://localhost:8080',
  'http://LOCALHOST:1',
  'http://127.0.0.1:1234',
  'http://127.8.9.10',
  'http://127.1',
  'http://[::1]:80',
  'http://[0:0:0:0:0:0:0:1]',
])('takes plain http for this machine: %s', (text) => {
  const {url} = readBaseUrl(text) as {url: string};
  expect(url).toMatch(/^http:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/);
});

test.each([
  'http://api.kustomerapp.com',
  'http://example.com',
  'http://0.0.0.0:80',
  'http://localhost.evil.com',
  'http://evil.localhost',
  'http://localhost.',
  'http://127.0.0.1.evil.com',
  'http://127.evil.com',
  'http://128.0.0.1',
  'http://10.0.0.1',
  'http://192.168.0.1',
  'http://[::]',
  'http://[::2]',
  'http://[::ffff:10.0.0.1]',
  'http://host.docker.internal',
  'http://evil.com#localhost',
  'http://evil.com?x=localhost',
  'http://localhost@evil.com',
  'http://evil.com/localhost',
  'http://notlocalhost',
  'ftp://localhost',
  'file:///etc/passwd',
  'ws://localhost',
])('never takes plain http, or anything else, to another: %s', (text) =>
  expect(readBaseUrl(text)).toEqual({problem: expect.stringMatching(/^must /) as string}),
);

test('takes no http to any public host', () => {
  fc.assert(
    fc.property(fc.domain(), (host) => {
      expect(readBaseUrl(`http://${host}`)).toEqual({
        problem: expect.stringContaining('must begin with https://') as string,
      });
      expect(readBaseUrl(`https://${host}`)).toEqual({url: `https://${host}`});
    }),
  );
});
