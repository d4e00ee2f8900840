import type {Outcome, Probe, Subject} from '../finding';
import {errorText, isServed, reasonOf, type Reply} from '../reply';

const PODS = /\bpod (prod\d+) but .*\bhandled by (prod\d+)/i;

/** The user behind the key, which any key may ask for (docs/kustomer-api.md, Where and who). */
export const key: Probe = {
  topic: 'key and region',
  assumed: 'the key is good, of this region, not expired, and not bound to other IP addresses',
  async run({ask}: Subject): Promise<Outcome> {
    const reply = await ask({method: 'GET', path: '/v1/users/current'});
    if (isServed(reply)) return {verdict: 'as assumed', seen: 'accepted', does: '-'};
    return refused(reply);
  },
};

/** Whether no other request of this key can be answered either. */
export function isHopeless({sandbox}: Pick<Outcome, 'sandbox'>): boolean {
  return sandbox?.key?.expired === true || sandbox?.key?.pod !== undefined;
}

function refused(reply: Reply): Outcome {
  const {status} = reply;
  const [, pod, handler] = PODS.exec(errorText(reply)) ?? [];
  if (pod !== undefined && handler !== undefined) {
    return {
      verdict: 'differs',
      seen: `refused (${status}): the key is of ${pod}, the host of ${handler}`,
      does: 'check and read say which "region" to set',
      sandbox: {settings: {pod: handler, wrongRegionStatus: status}, key: {pod}},
    };
  }
  const reason = reasonOf(reply);
  if (reason === 'expired') {
    return {
      verdict: 'differs',
      seen: `refused (${status}): the key has expired`,
      does: 'check and read ask for a new key',
      sandbox: {key: {expired: true}},
    };
  }
  return {
    verdict: 'differs',
    seen: `refused (${[status, reason].filter(Boolean).join(', ')})`,
    does: 'check goes on: it fails only if nothing else can be read either',
  };
}
