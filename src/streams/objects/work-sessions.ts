import schema from '../../../resources/schemas/work_sessions.json';
import type {StreamSchema} from '../../records/shape';
import type {StreamDocumentation} from '../documentation';
import {SearchStream} from '../search-stream';

export class WorkSessions extends SearchStream {
  readonly name = 'work_sessions';
  readonly context = 'work_session';
  override readonly archived = false;
  readonly schema: StreamSchema = schema;
  readonly documentation: StreamDocumentation = {
    about:
      "An agent's time at work, from signing in to signing out: how long available, idle and at capacity, and how many items handled. Sessions that have not changed for two years cannot be read.",
    documented: 'the context, and that the archive does not have it (API description)',
    assumed:
      'that `work_session_updated_at` filters and sorts, as another client relies on; the attributes, which are those of a published event; that the roles of search suffice',
    joins: {user_id: 'users', team_id: 'teams', status_id: 'routing_statuses', queues: 'queues'},
  };
}
