import schema from '../../../resources/schemas/work_items.json';
import {type SearchTimes, searchTimes} from '../../kustomer/search-times';
import type {StreamSchema} from '../../records/shape';
import type {StreamDocumentation} from '../documentation';
import {SearchStream} from '../search-stream';

export class WorkItems extends SearchStream {
  readonly name = 'work_items';
  readonly context = 'work_item';
  override readonly archived = false;
  readonly schema: StreamSchema = schema;
  readonly documentation: StreamDocumentation = {
    about:
      'A piece of routed work, mostly a conversation in a queue: when it was queued, routed, accepted and finished, and by whom. Items that have not changed for two years cannot be read.',
    documented: 'the context, and that the archive does not have it (API description)',
    assumed:
      'that `work_item_updated_at` filters and sorts; where it is refused, `work_item_handle_completed_at` is used, as another client does: then only items that somebody has finished are found. A change of one to the other reads the stream anew. The attributes are those of a published event; the roles of search suffice',
    joins: {
      resource_id: 'conversations',
      team_id: 'teams',
      queue_id: 'queues',
      routed_to_id: 'users',
      work_session_id: 'work_sessions',
    },
  };

  protected override get times(): readonly [SearchTimes, ...SearchTimes[]] {
    return [searchTimes(this.context), searchTimes(this.context, 'handle_completed_at')];
  }
}
