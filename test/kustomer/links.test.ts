import {pageNumberOf, resolveLink} from '../../src/kustomer/links';

const TAGS = {method: 'GET', path: '/v1/tags'} as const;
const HOST = 'https://acme.api.kustomerapp.com';

describe('resolveLink', () => {
  test.each([
    ['/v1/tags?page=2&pageSize=100', '/v1/tags', {page: '2', pageSize: '100'}],
    ['?cursor=a%2Fb', '/v1/tags', {cursor: 'a/b'}],
    ['tags?page=2', '/v1/tags', {page: '2'}],
    [`${HOST}/v1/more?after=x`, '/v1/more', {after: 'x'}],
    ['https://ACME.api.kustomerapp.com:443/v1/tags', '/v1/tags', {}],
    ['http://acme.api.kustomerapp.com/v1/tags', '/v1/tags', {}],
    ['//acme.api.kustomerapp.com/v1/tags', '/v1/tags', {}],
  ])('%s leads to %s', (link, path, params) => {
    expect(resolveLink(link, HOST, TAGS)).toEqual({path, params});
  });

  test.each([
    '/proxy/v1/tags?page=2',
    'http://localhost:8080/proxy/v1/tags?page=2',
    '/v1/tags?page=2',
    '?page=2',
  ])('behind an address with a path of its own, %s leads to the same', (link) => {
    expect(resolveLink(link, 'http://localhost:8080/proxy', TAGS)).toEqual({
      path: '/v1/tags',
      params: {page: '2'},
    });
  });

  test.each([
    ['https://evil.example/v1/tags', 'evil.example'],
    ['//evil.example/v1/tags', 'evil.example'],
    [`${HOST}.evil.example/v1/tags`, 'acme.api.kustomerapp.com.evil.example'],
    [`${HOST}:8443/v1/tags`, 'acme.api.kustomerapp.com:8443'],
    ['https://acme.api.kustomerapp.com@evil.example/v1/tags', 'evil.example'],
    ['\\\\evil.example\\v1', 'evil.example'],
  ])('%s is refused by name: the key stays where it is', (link, host) => {
    expect(() => resolveLink(link, HOST, TAGS)).toThrow(`leads to another host (${host})`);
  });

  test('what is no address is refused', () => {
    expect(() => resolveLink('http://[', HOST, TAGS)).toThrow('"links.next" is no address');
  });
});

test.each([
  ['/v1/tags?page=0', 0],
  ['https://x.example/v1/tags?pageSize=5&page=12', 12],
  ['/v1/tags?page=', undefined],
  ['/v1/tags?page=-1', undefined],
  ['/v1/tags?pages=1', undefined],
  ['http://[', undefined],
  [null, undefined],
  [{}, undefined],
])('the page number of %p is %p', (link, page) => expect(pageNumberOf(link)).toBe(page));
