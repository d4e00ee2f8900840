import schema from '../../../resources/schemas/custom_attributes.json';
import type {StreamRun} from '../../airbyte/stream';
import {isObject} from '../../json';
import type {Resource} from '../../kustomer/envelope';
import {type Endpoint, IncompleteError, RefusedError, StoppedError} from '../../http/errors';
import {METADATA_RESOURCES, readKlasses, readProperties} from '../../kustomer/metadata';
import {readRoles} from '../../kustomer/roles';
import type {StreamSchema} from '../../records/shape';
import type {StreamDocumentation, StreamSource, WayOfReading} from '../documentation';
import {completeState, runningState} from '../read/checkpoints';
import {planRead} from '../read/read-plan';
import {Rows} from '../read/rows';
import {KustomerStream} from '../stream';

const METADATA: WayOfReading = {
  name: 'Metadata',
  documented: 'one address per kind of object, which needs a role of its own (API description)',
};

/** How the list of klasses is called where it cannot be read. */
const KLASSES = 'the klasses of custom objects';
/** There is no such object, or the key is not granted it. */
const ABSENT = new Set([403, 404]);

/** What could not be read: the object's name -> why. */
type Failures = Map<string, unknown>;

export class CustomAttributes extends KustomerStream {
  readonly name = 'custom_attributes';
  readonly schema: StreamSchema = schema;
  override readonly cursorField = undefined;
  readonly endpoint: Endpoint = {method: 'GET', path: '/v1/metadata/{resource}'};
  readonly roles = [
    readRoles('metadata', 'permission', 'user', 'admin'),
    readRoles('klass', 'permission', 'user', 'admin'),
  ];
  readonly source: StreamSource = {
    short: 'metadata',
    full: '`GET /v1/metadata/{object}`, one request per object and klass',
    way: METADATA,
  };
  readonly documentation: StreamDocumentation = {
    about:
      'An attribute that the organization has added to conversations, customers, companies, messages or a klass. The row says what people call it and what it may hold, so that `custom` of the other streams can be read. `id` is the name of the object and its own, such as `conversation.orderNumberStr`: Kustomer has no id that stays the same.',
    documented:
      'the address, its roles and what it tells (API description); there is neither a time of change nor a way to ask for a part, so all of it is read each time',
    columns: {
      id: 'added: `<resource>.<name>`',
      resource: 'added: whose attribute it is',
      name: "the attribute's key",
    },
  };

  async read(run: StreamRun): Promise<void> {
    const plan = planRead(run, {...this.deps, name: this.name, now: this.deps.clock.now()});
    if (!plan) return run.checkpoint(run.state);
    const {client, lists} = this.deps;
    const [from, to] = plan.range;
    const failures: Failures = new Map();
    const klasses = await attempt(KLASSES, failures, () =>
      readKlasses(client, lists, (message) => run.log('WARN', `${this.name}: ${message}`)),
    );
    const objects = [...METADATA_RESOURCES, ...(klasses ?? []).map((klass) => `kobject.${klass}`)];
    const found = await Promise.all(
      objects.map((object) => attempt(object, failures, () => this.rowsOf(object))),
    );
    const rows = new Rows(this.name, this.schema);
    const shaped = found.flatMap((resources) => resources ?? []).map((resource) => rows.shape(resource));
    rows.note(shaped);
    await run.records(shaped);
    rows.report(run.log);
    const error = found.some((resources) => resources)
      ? this.judge(failures, run)
      : [...failures.values()][0];
    if (error === undefined) return run.checkpoint(completeState(run.mode, {cursor: to, done: []}));
    await run.checkpoint(runningState(run.mode, {cursor: plan.state?.cursor ?? from, done: []}));
    throw error;
  }

  async sample(): Promise<readonly Resource[]> {
    return this.rowsOf('customer');
  }

  /** Warns of objects that are absent. Returns the error that the stream ends with where others could not be read. */
  private judge(failures: Failures, run: StreamRun): IncompleteError | undefined {
    const failed = new Map(failures);
    for (const [object, error] of failures) {
      if (!(error instanceof RefusedError) || !ABSENT.has(error.status)) continue;
      failed.delete(object);
      run.log('WARN', `${this.name}: ${object} cannot be read and is left out (${error.message})`);
    }
    return failed.size === 0 ? undefined : new IncompleteError([...failed.keys()], [...failed.values()][0]);
  }

  private async rowsOf(object: string): Promise<readonly Resource[]> {
    const properties = await readProperties(this.deps.client, object);
    return Object.entries(properties)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, property]) => ({
        type: 'custom_attribute',
        id: `${object}.${name}`,
        attributes: {...(isObject(property) && property), resource: object, name},
        links: {self: `/v1/metadata/${object}`},
      }));
  }
}

/** Gives undefined for what fails, and remembers it. @throws StoppedError */
async function attempt<T>(
  object: string,
  failures: Failures,
  read: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof StoppedError) throw error;
    failures.set(object, error);
    return undefined;
  }
}
