import {InputError} from './airbyte/input-error';
import type {Explanation, FailureType} from './airbyte/messages';
import {InvalidStateError} from './cursor/stream-state';
import {
  BadResponseError,
  ConnectionError,
  IncompleteError,
  OutOfReachError,
  RefusedError,
  StoppedError,
  UnavailableError,
  UnsettledError,
  describeEndpoint,
} from './http/errors';
import {roleFor} from './kustomer/roles';
import {MalformedRecord} from './records/shape';
import {obstacleSentence} from './obstacle-messages';

interface Sentence {
  readonly type: FailureType;
  readonly message: string;
}

/** Nobody answers at the address: as likely a wrong one as an outage. */
const UNREACHABLE = /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH)\b/;
const EXPIRED = /expire/i;
/** `Auth token associated with pod prod2 but request is being handled by prod1` (docs/kustomer-api.md, Where and who). */
const OTHER_POD = /\bpod (\w+) but .*\bhandled by (\w+)/i;

/** Kustomer's pods, as its errors name them, and the value of `region` (docs/kustomer-api.md, Where and who). */
const REGION_OF_POD: Readonly<Record<string, string>> = {
  prod1: 'United States',
  prod2: 'Europe',
  prod4: 'India',
};

/** The one table: which error is whose fault, and what the user should do about it. */
export function explain(error: unknown): Explanation {
  const {type, message} = classify(error);
  const internal = error instanceof Error ? `${error.name}: ${detailOf(error)}` : String(error);
  const stack = error instanceof Error ? error.stack : undefined;
  return {message, internal, failureType: type, ...(stack !== undefined && {stack})};
}

/** Whether a refusal is about the key itself, so that no other request of this key will be granted. */
export function isKeyRefusal({status, texts}: RefusedError): boolean {
  return OTHER_POD.test(texts) || (status === 401 && EXPIRED.test(texts));
}

function classify(error: unknown): Sentence {
  if (error instanceof InputError) return {type: 'config_error', message: error.message};
  if (error instanceof InvalidStateError) {
    return {
      type: 'config_error',
      message: `The state of this stream cannot be used: ${error.message}. Reset the stream to read it anew.`,
    };
  }
  if (error instanceof RefusedError) return classifyRefusal(error);
  if (error instanceof ConnectionError) {
    return {type: 'config_error', message: obstacleSentence(error.obstacle, error.detail)};
  }
  if (error instanceof UnavailableError) return classifyUnavailable(error);
  if (error instanceof StoppedError) {
    return {
      type: 'transient_error',
      message: 'The read was stopped before it was finished; the next one continues where it was.',
    };
  }
  if (error instanceof IncompleteError) {
    const {type, message} = classify(error.reason);
    return {type, message: `${error.parts.join(', ')} could not be read, all else was: ${message}`};
  }
  if (error instanceof UnsettledError) {
    return {
      type: 'transient_error',
      message: `${error.message}. Nothing was skipped in silence: the stream stops here. Try again at a quieter time.`,
    };
  }
  if (error instanceof OutOfReachError || error instanceof BadResponseError) {
    return {
      type: 'system_error',
      message: `${error.message}. Nothing was skipped in silence: the stream stops here. Please report this to the connector's maintainers.`,
    };
  }
  if (error instanceof MalformedRecord) {
    return {type: 'system_error', message: `Kustomer sent a record that cannot be read: ${error.message}.`};
  }
  return {
    type: 'system_error',
    message: 'A defect of this connector stopped it; please report it with the log.',
  };
}

function classifyRefusal(error: RefusedError): Sentence {
  const {endpoint, status, texts} = error;
  const where = endpoint ? describeEndpoint(endpoint) : 'Kustomer';
  const says = texts ? `: ${texts}` : '';
  const pod = OTHER_POD.exec(texts)?.[1]?.toLowerCase();
  if (pod !== undefined) return configError(podSentence(pod));
  const role = roleFor(endpoint?.path ?? '');
  switch (status) {
    case 401:
      return configError(
        EXPIRED.test(texts)
          ? `The API key has expired (${where} says so): make a new one in Kustomer under Settings > Security > API Keys and put it into "api_token".`
          : `Kustomer refuses ${where} (401): the API key is wrong, has expired, or is of another region. Check "api_token" and "region". Where other streams can be read, the key lacks the role ${role}.`,
      );
    case 402:
      return configError(
        `Kustomer wants to be paid for ${where} (402${says}): the organization's plan does not include it, or its bills are open. Ask whoever manages your Kustomer plan, or leave the stream out.`,
      );
    case 403:
      return configError(
        `Kustomer refuses ${where} (403): the API key lacks the role ${role}, or it is bound to IP addresses and this machine's is not among them. Make a key with that role under Settings > Security > API Keys.`,
      );
    case 404:
      return configError(`Kustomer does not know ${where}: check "region" or "base_url".`);
    case 407:
      return configError(obstacleSentence({kind: 'proxy credentials'}, '407'));
    case 422:
      return configError(
        `Kustomer understands ${where} but cannot process it (422${says}): the organization may not have what the stream reads. Leave the stream out; the others can be read.`,
      );
  }
  if (status >= 300 && status < 400) {
    return configError(
      `${where} redirects elsewhere, and the token is not sent there: check "region" or "base_url".`,
    );
  }
  return {
    type: 'system_error',
    message: `Kustomer does not accept ${where} (${status}${says}); please report it with the log.`,
  };
}

function configError(message: string): Sentence {
  return {type: 'config_error', message};
}

function podSentence(pod: string): string {
  const region = REGION_OF_POD[pod];
  const remedy =
    region === undefined
      ? `set "base_url" to your organization's own host, such as https://acme.api.kustomerapp.com`
      : `set "region" to ${region}, and leave "base_url" empty or set it to your organization's own host`;
  return `The API key is of another region (Kustomer's pod ${pod}): ${remedy}.`;
}

function classifyUnavailable({endpoint, tries, lastFailure, status}: UnavailableError): Sentence {
  const where = endpoint ? describeEndpoint(endpoint) : 'Kustomer';
  const message =
    status === 429
      ? `The organization's request quota stayed spent through ${tries} attempts of ${where}: try again later, or lower what other integrations use.`
      : UNREACHABLE.test(lastFailure)
        ? `${where} could not be reached in ${tries} attempts (the last: ${lastFailure}): check "base_url" and the network, or try again later.`
        : `${where} gave no usable answer in ${tries} attempts (the last: ${lastFailure}): try again later.`;
  return {type: 'transient_error', message};
}

function detailOf(error: Error): string {
  return 'detail' in error && typeof error.detail === 'string'
    ? error.detail || error.message
    : error.message;
}
