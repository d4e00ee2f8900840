import schema from '../../../resources/schemas/conversation_times.json';
import type {StreamRun} from '../../airbyte/stream';
import type {Resource} from '../../kustomer/envelope';
import {SEARCH_ROLES, readRoles} from '../../kustomer/roles';
import type {StreamSchema} from '../../records/shape';
import {ChildStream} from '../child-stream';
import type {StreamDocumentation} from '../documentation';
import type {ReadPlan} from '../read/read-plan';
import type {StreamDeps} from '../stream';

/** Which sessions are read from their conversations. */
export interface Selection {
  /** Only conversations created at this instant or earlier: epoch ms. */
  readonly createdTo: number;
  readonly isWanted: (session: Resource) => boolean;
}

/** The sessions of `conversation_times` as conversations have them, one request each: what search does not give. */
export class TimesOfConversations extends ChildStream {
  readonly name = 'conversation_times';
  override readonly cursorField = 'conversation_updated_at';
  readonly children = {
    parent: 'conversation',
    address: '/v1/conversations/{id}/times',
    page: 1000,
  } as const;
  override readonly roles = [readRoles('conversation', 'permission', 'user'), SEARCH_ROLES];
  readonly schema: StreamSchema = schema;
  readonly documentation: StreamDocumentation = {about: '', documented: ''};
  protected override readonly isWanted = (session: Resource): boolean =>
    this.selection?.isWanted(session) ?? true;

  constructor(
    deps: StreamDeps,
    private readonly selection?: Selection,
  ) {
    super(deps);
  }

  /** @param now when the read began: epoch ms */
  async readRange(run: StreamRun, now: number, plan: ReadPlan): Promise<void> {
    const createdTo = this.selection?.createdTo;
    await this.readRows({run, plan, now, ...(createdTo !== undefined && {createdTo})}, this.rowsFor(run));
  }
}
