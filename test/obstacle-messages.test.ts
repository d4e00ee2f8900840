import type {Obstacle} from '../src/http/errors';
import {obstacleSentence} from '../src/obstacle-messages';

const proxy = 'proxy.example.com:3128';

test.each<[Obstacle, RegExp]>([
  [{kind: 'certificate'}, /certificate cannot be verified \(detail\).*NODE_EXTRA_CA_CERTS/],
  [{kind: 'plain port'}, /"base_url" names does not speak TLS/],
  [
    {kind: 'plain port', proxy},
    /^The proxy proxy\.example\.com:3128 or the host behind it does not speak TLS/,
  ],
  [{kind: 'proxy URL'}, /HTTPS_PROXY .* is no URL that can be used/],
  [{kind: 'proxy unreachable', proxy}, /^The proxy proxy\.example\.com:3128 cannot be reached \(detail\)/],
  [{kind: 'proxy credentials', proxy}, /^The proxy proxy\.example\.com:3128 asks for a user name/],
  [{kind: 'proxy refusal', proxy}, /^The proxy proxy\.example\.com:3128 refuses to connect to Kustomer/],
])('%j is told in a sentence that says what to do', (obstacle, sentence) => {
  const message = obstacleSentence(obstacle, 'detail');
  expect(message).toMatch(sentence);
  expect(message).toMatch(/\.$/);
});
