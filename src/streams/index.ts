import {AiAutomations} from './objects/ai-automations';
import {Attachments} from './objects/attachments';
import {AuditLogs} from './objects/audit-logs';
import {Brands} from './objects/brands';
import {Cards} from './objects/cards';
import {Companies} from './objects/companies';
import {ConversationEvents} from './objects/conversation-events';
import {ConversationTimes} from './objects/conversation-times';
import {Conversations} from './objects/conversations';
import {CustomAttributes} from './objects/custom-attributes';
import {CustomerMerges} from './objects/customer-merges';
import {Customers} from './objects/customers';
import {Holidays} from './objects/holidays';
import {KbArticles} from './objects/kb-articles';
import {KbCategories} from './objects/kb-categories';
import {Klasses} from './objects/klasses';
import {Kobjects} from './objects/kobjects';
import {Messages} from './objects/messages';
import {Notes} from './objects/notes';
import {OutboundAccounts} from './objects/outbound-accounts';
import {Queues} from './objects/queues';
import {RoleGroups} from './objects/role-groups';
import {RoutingStatuses} from './objects/routing-statuses';
import {SatisfactionResponses} from './objects/satisfaction-responses';
import {SatisfactionSurveys} from './objects/satisfaction-surveys';
import {Schedules} from './objects/schedules';
import {ShortcutCategories} from './objects/shortcut-categories';
import {Shortcuts} from './objects/shortcuts';
import {SlaVersions} from './objects/sla-versions';
import {Slas} from './objects/slas';
import {Snoozes} from './objects/snoozes';
import {SpamSenders} from './objects/spam-senders';
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
  ...[Queues, RoutingStatuses, Snoozes, AiAutomations, SatisfactionSurveys, ShortcutCategories],
  ...[AuditLogs, Holidays, OutboundAccounts, SpamSenders, Cards, KbArticles, KbCategories],
  ...[ConversationEvents, CustomerMerges, SatisfactionResponses],
];

/** All streams, in the order in which they are shown. */
export function allStreams(deps: StreamDeps): readonly KustomerStream[] {
  return STREAMS.map((Stream) => new Stream(deps));
}
