import {Attachments} from './objects/attachments';
import {Brands} from './objects/brands';
import {Companies} from './objects/companies';
import {ConversationTimes} from './objects/conversation-times';
import {Conversations} from './objects/conversations';
import {CustomAttributes} from './objects/custom-attributes';
import {Customers} from './objects/customers';
import {Klasses} from './objects/klasses';
import {Kobjects} from './objects/kobjects';
import {Messages} from './objects/messages';
import {Notes} from './objects/notes';
import {RoleGroups} from './objects/role-groups';
import {Schedules} from './objects/schedules';
import {Shortcuts} from './objects/shortcuts';
import {SlaVersions} from './objects/sla-versions';
import {Slas} from './objects/slas';
import type {KustomerStream, StreamDeps} from './stream';
import {Tags} from './objects/tags';
import {Teams} from './objects/teams';
import {Users} from './objects/users';
import {WorkItems} from './objects/work-items';
import {WorkSessions} from './objects/work-sessions';

/** The nine tables that were published before, then all others. */
const STREAMS = [
  ...[Conversations, Customers, Kobjects, Messages, Notes, Shortcuts, Tags, Teams, Users],
  ...[Companies, Brands, CustomAttributes, Klasses, RoleGroups, Schedules, Slas, SlaVersions],
  ...[Attachments, ConversationTimes, WorkItems, WorkSessions],
];

/** All streams, in the order in which they are shown. */
export function allStreams(deps: StreamDeps): readonly KustomerStream[] {
  return STREAMS.map((Stream) => new Stream(deps));
}
