import {Conversations} from './conversations';
import {Customers} from './customers';
import {Kobjects} from './kobjects';
import {Messages} from './messages';
import {Notes} from './notes';
import {Shortcuts} from './shortcuts';
import type {KustomerStream, StreamDeps} from './stream';
import {Tags} from './tags';
import {Teams} from './teams';
import {Users} from './users';

/** All streams, in the order in which they are shown. */
export function allStreams(deps: StreamDeps): readonly KustomerStream[] {
  return [Conversations, Customers, Kobjects, Messages, Notes, Shortcuts, Tags, Teams, Users].map(
    (Stream) => new Stream(deps),
  );
}
