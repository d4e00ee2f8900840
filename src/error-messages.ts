import {InputError} from './airbyte/input-error';
import type {Explanation, FailureType} from './airbyte/messages';
import {InvalidStateError} from './cursor/stream-state';
import {
  BadResponseError,
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

interface Sentence {
  readonly type: FailureType;
  readonly message: string;
}

/** Nobody is there to answer: as likely a wrong address as an outage. */
const UNREACHABLE = /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH)\b/;

/** The one table: which error is whose fault, and what the user should do about it. */
export function explain(error: unknown): Explanation {
  const {type, message} = classify(error);
  const internal = error instanceof Error ? `${error.name}: ${detailOf(error)}` : String(error);
  const stack = error instanceof Error ? error.stack : undefined;
  return {message, internal, failureType: type, ...(stack !== undefined && {stack})};
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

function classifyRefusal({endpoint, status, texts}: RefusedError): Sentence {
  const where = endpoint ? describeEndpoint(endpoint) : 'Kustomer';
  if (status === 401 && /expire/i.test(texts)) {
    return {
      type: 'config_error',
      message: `The API key has expired (${where} says so): make a new one in Kustomer under Settings > Security > API Keys and put it into "api_token".`,
    };
  }
  if (status === 401 || status === 403) {
    const role = roleFor(endpoint?.path ?? '');
    return {
      type: 'config_error',
      message: `Kustomer refuses ${where}: the API key is wrong, or it lacks the role ${role}. Check "api_token" and the key's roles, and that "region" is the organisation's own.`,
    };
  }
  if (status === 404) {
    return {type: 'config_error', message: `Kustomer does not know ${where}: check "region" or "base_url".`};
  }
  if (status >= 300 && status < 400) {
    return {
      type: 'config_error',
      message: `${where} redirects elsewhere, and the token is not sent there: check "region" or "base_url".`,
    };
  }
  return {
    type: 'system_error',
    message: `Kustomer does not accept ${where} (${status}${texts ? `: ${texts}` : ''}); please report it with the log.`,
  };
}

function classifyUnavailable({endpoint, tries, lastFailure, status}: UnavailableError): Sentence {
  const where = endpoint ? describeEndpoint(endpoint) : 'Kustomer';
  if (status === 429) {
    return {
      type: 'transient_error',
      message: `The organisation's request quota stayed spent through ${tries} attempts of ${where}: try again later, or lower what other integrations use.`,
    };
  }
  if (UNREACHABLE.test(lastFailure)) {
    return {
      type: 'transient_error',
      message: `${where} could not be reached in ${tries} attempts (the last: ${lastFailure}): check "base_url" and the network, or try again later.`,
    };
  }
  return {
    type: 'transient_error',
    message: `${where} gave no usable answer in ${tries} attempts (the last: ${lastFailure}): try again later.`,
  };
}

function detailOf(error: Error): string {
  return 'detail' in error && typeof error.detail === 'string'
    ? error.detail || error.message
    : error.message;
}
