import schema from '../../../resources/schemas/audit_logs.json';
import type {StreamRun} from '../../airbyte/stream';
import {AUDIT_LOG, AUDIT_PAGE, AuditLog} from '../../kustomer/audit-log';
import type {Resource} from '../../kustomer/envelope';
import {readListPage} from '../../kustomer/list-pass';
import {readRoles} from '../../kustomer/roles';
import type {StreamSchema} from '../../records/shape';
import type {StreamDocumentation, StreamSource, WayOfReading} from '../documentation';
import {completeState, isCheckpointDue, runningState} from '../read/checkpoints';
import {type ReadPlan, planRead, promisedEnd} from '../read/read-plan';
import {Rows} from '../read/rows';
import {KustomerStream} from '../stream';

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;
/** What Kustomer keeps of frequent events, and more than it keeps of any (docs/kustomer-api.md, Audit logs). */
const SHORT_RETENTION_MS = 90 * DAY_MS;
const LONG_RETENTION_MS = 400 * DAY_MS;
/** A window is doubled after one with fewer entries than the first number, and halved after one with more than the second. */
const [FEW_ENTRIES, MANY_ENTRIES] = [2000, 20_000];

const AUDIT: WayOfReading = {
  name: 'Audit log',
  documented:
    'the newest first, up to 1,000 at a time, `before` an entry, between `filter[start]` and `filter[end]` (API description; portal: api/core-resources)',
  assumed:
    "that an entry never changes, and is listed within the lookback after its `createdAt`. The range is read in windows, the oldest first, and a state comes after each; whether an entry at a window's very border is found from one side or both makes no difference, since a little more is asked for",
};

export class AuditLogs extends KustomerStream {
  readonly name = 'audit_logs';
  readonly schema: StreamSchema = schema;
  override readonly isOptional = true;
  override readonly cursorField = 'created_at';
  readonly endpoint = AUDIT_LOG;
  readonly roles = [readRoles('audit_logs', 'permission', 'admin', 'user')];
  readonly source: StreamSource = {short: 'audit log', full: '`GET /v1/audit-logs`', way: AUDIT};
  readonly documentation: StreamDocumentation = {
    about:
      'What somebody, or Kustomer itself, did to something: `event_name` and `event_verb` say what, `object_type` and `object_id` to what, `user_id` who (null for the system), `changes` what was before and after. Kustomer keeps updates of conversations, customers and messages, routing and sign-ins for 90 days, other events for 12 months (`expires_at`): what is older is gone, so this table has more than Kustomer only if it is synced before. Rows are only added.',
    documented: 'the list, its roles, filters and attributes (API description)',
    joins: {user_id: 'users'},
  };

  async read(run: StreamRun): Promise<void> {
    const now = this.deps.clock.now();
    const plan = planRead(run, {...this.deps, name: this.name, now});
    if (!plan) return run.checkpoint(run.state);
    if (plan.range[0] < now - SHORT_RETENTION_MS) {
      run.log(
        'WARN',
        `${this.name}: Kustomer keeps frequent events (updates, routing, sign-ins) for 90 days and others for 12 months; what is older cannot be had`,
      );
    }
    const rows = new Rows(this.name, this.schema);
    try {
      await this.readWindows(run, {plan, now, rows});
    } finally {
      rows.report(run.log);
    }
    const cursor = promisedEnd(plan.range[1], now, this.deps.client.clockAheadMs, run.log);
    await run.checkpoint(completeState(run.mode, {cursor, done: []}));
  }

  /** Reads the range window by window, the oldest first, with a state after each and before an error. */
  private async readWindows(
    run: StreamRun,
    {plan, now, rows}: {readonly plan: ReadPlan; readonly now: number; readonly rows: Rows},
  ): Promise<void> {
    const {client, pageSizes} = this.deps;
    const log = new AuditLog(client, pageSizes.of(AUDIT_LOG.path, AUDIT_PAGE));
    const [from, to] = plan.range;
    let reached = plan.state?.cursor ?? from;
    const checkpoint = (): Promise<void> =>
      run.checkpoint(runningState(run.mode, {cursor: reached, done: []}));
    let length = DAY_MS;
    for (let start = from; start <= to;) {
      // Before anything that can still be there, one request is enough.
      const wanted = start < now - LONG_RETENTION_MS ? now - LONG_RETENTION_MS : start + length;
      const end = log.heedsEnd ? Math.min(to, wanted) : to;
      let entries = 0;
      try {
        for await (const page of log.read([start, end])) {
          const shaped = page.map((entry) => rows.shape(entry));
          rows.note(shaped);
          await run.records(shaped);
          entries += shaped.length;
          if (isCheckpointDue(run)) await checkpoint();
        }
      } catch (error) {
        await checkpoint();
        throw error;
      }
      if (entries < FEW_ENTRIES) length *= 2;
      if (entries > MANY_ENTRIES) length = Math.max(HOUR_MS, length / 2);
      reached = Math.max(reached, Math.min(end, now - client.clockAheadMs));
      start = end + 1;
      if (start <= to) await checkpoint();
    }
  }

  async sample(count: number): Promise<readonly Resource[]> {
    const {data} = await this.deps.client.request({
      build: () => ({...AUDIT_LOG, params: {count}}),
      decode: (body) => readListPage(AUDIT_LOG, body, {page: 'the page', identify: undefined}),
    });
    return data;
  }
}
