import {obstacleOf, proxyObstacle} from '../../src/http/obstacle';

const PROXY = 'proxy.example.com:3128';

test.each([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'HOSTNAME_MISMATCH',
])('%s is about the certificate, with a proxy or without', (code) => {
  expect(obstacleOf({code, message: code}, undefined)).toEqual({kind: 'certificate'});
  expect(obstacleOf({code, message: code}, PROXY)).toEqual({kind: 'certificate', proxy: PROXY});
});

test.each([
  ['EPROTO', 'write EPROTO 80:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'wrong version number'],
  ['ERR_SSL_PACKET_LENGTH_TOO_LONG', 'packet length too long'],
])('%s tells of a port without TLS', (code, message) => {
  expect(obstacleOf({code, message}, undefined)).toEqual({kind: 'plain port'});
});

test.each(['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH'])('%s is final only of a proxy', (code) => {
  expect(obstacleOf({code, message: code}, undefined)).toBeUndefined();
  expect(obstacleOf({code, message: code}, PROXY)).toEqual({kind: 'proxy unreachable', proxy: PROXY});
});

test.each([
  ['ECONNRESET', 'socket hang up'],
  ['ETIMEDOUT', 'connect timed out'],
  ['EPROTO', 'SSL routines:ssl3_read_bytes:tlsv1 alert internal error'],
  [undefined, 'anything'],
])('%s may pass', (code, message) => {
  expect(obstacleOf({code, message}, PROXY)).toBeUndefined();
});

test("a proxy's own answer is final unless it is about the way behind it", () => {
  expect(proxyObstacle(407, PROXY)).toEqual({kind: 'proxy credentials', proxy: PROXY});
  expect(proxyObstacle(403, PROXY)).toEqual({kind: 'proxy refusal', proxy: PROXY});
  expect(proxyObstacle(503, PROXY)).toBeUndefined();
});
