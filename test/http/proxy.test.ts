import {proxyFor, proxySecrets} from '../../src/http/proxy';

const environment = {...process.env};

afterEach(() => void (process.env = {...environment}));

describe('the proxy of the environment', () => {
  test.each<[Record<string, string>, ReturnType<typeof proxyFor>]>([
    [{}, undefined],
    [{HTTPS_PROXY: 'http://proxy.example.com:3128'}, {name: 'proxy.example.com:3128'}],
    [{https_proxy: 'http://user:pass@proxy.example.com'}, {name: 'proxy.example.com:80'}],
    [{ALL_PROXY: 'https://proxy.example.com'}, {name: 'proxy.example.com:443'}],
    [{HTTPS_PROXY: 'proxy.example.com:3128'}, {name: 'proxy.example.com:3128'}],
    [{HTTPS_PROXY: 'socks5://proxy.example.com'}, {name: undefined}],
    [{HTTPS_PROXY: 'http://a b'}, {name: undefined}],
    [{HTTPS_PROXY: 'http://proxy.example.com', NO_PROXY: '.kustomerapp.com'}, undefined],
  ])('%j', (variables, expected) => {
    for (const name of ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY', 'no_proxy', 'NO_PROXY']) {
      Reflect.deleteProperty(process.env, name);
    }
    Object.assign(process.env, variables);
    expect(proxyFor('https://api.kustomerapp.com')).toEqual(expected);
  });

  test('is not asked for plain http', () => {
    process.env['http_proxy'] = 'http://proxy.example.com';
    expect(proxyFor('http://127.0.0.1:80')).toBeUndefined();
  });
});

describe('the passwords of proxies', () => {
  test.each<[Record<string, string>, string[]]>([
    [{}, []],
    [{HTTPS_PROXY: 'http://proxy:1'}, []],
    [{PASSWORD: 'http://user:pass@proxy'}, []],
    [{https_proxy: 'http://user:pass@proxy'}, ['pass', 'pass', btoa('user:pass')]],
    [{HTTP_PROXY: 'user:p%40ss@proxy'}, ['p%40ss', 'p@ss', btoa('user:p@ss')]],
    [{ALL_PROXY: 'https://u:100%@proxy'}, ['100%', '100%', btoa('u:100%')]],
    [{ALL_PROXY: 'socks5h://u:p@:@x'}, ['p@:', 'p@:', btoa('u:p@:')]],
  ])('%j', (variables, expected) => expect(proxySecrets(variables)).toEqual(expected));
});
