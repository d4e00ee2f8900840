import {Attachments} from './attachments';
import {Brands} from './brands';
import {Companies} from './companies';
import {ConversationTimes} from './conversation-times';
import {Conversations} from './conversations';
import {CustomAttributes} from './custom-attributes';
import {Customers} from './customers';
import {Klasses} from './klasses';
import {Kobjects} from './kobjects';
import {Messages} from './messages';
import {Notes} from './notes';
import {RoleGroups} from './role-groups';
import {Schedules} from './schedules';
import {Shortcuts} from './shortcuts';
import {SlaVersions} from './sla-versions';
import {Slas} from './slas';
import type {KustomerStream, StreamDeps} from './stream';
import {Tags} from './tags';
import {Teams} from './teams';
import {Users} from './users';

/** The nine tables that were published before, then all others. */
const STREAMS = [
  ...[Conversations, Customers, Kobjects, Messages, Notes, Shortcuts, Tags, Teams, Users],
  ...[Companies, Brands, CustomAttributes, Klasses, RoleGroups, Schedules, Slas, SlaVersions],
  ...[Attachments, ConversationTimes],
];

/** All streams, in the order in which they are shown. */
export function allStreams(deps: StreamDeps): readonly KustomerStream[] {
  return STREAMS.map((Stream) => new Stream(deps));
}
