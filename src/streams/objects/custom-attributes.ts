import schema from '../../../resources/schemas/custom_attributes.json';
import type {StreamRun} from '../../airbyte/stream';
import {formatStreamState} from '../../cursor/stream-state';
import {isObject} from '../../json';
import type {Resource} from '../../kustomer/envelope';
import {type Endpoint, RefusedError} from '../../http/errors';
import {METADATA_RESOURCES, readKlasses, readProperties} from '../../kustomer/metadata';
import {readRoles} from '../../kustomer/roles';
import type {StreamSchema} from '../../records/shape';
import type {StreamDocumentation, StreamSource, WayOfReading} from '../documentation';
import {planRead} from '../read/read-plan';
import {Rows} from '../read/rows';
import {KustomerStream} from '../stream';

const METADATA: WayOfReading = {
  name: 'Metadata',
  documented: 'one address per kind of object, which needs a role of its own (API description)',
};

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
    full: '`GET /v1/metadata/{object}`, one request per object and enabled klass',
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
    const {client, clock, pageSizes} = this.deps;
    const task = planRead(run.mode, run.state, clock.now(), this.deps);
    if (!task) return run.checkpoint(run.state);
    const klasses = await readKlasses(client, pageSizes);
    const objects = [...METADATA_RESOURCES, ...klasses.map((klass) => `kobject.${klass}`)];
    const found = await Promise.all(objects.map((object) => this.readObject(object, run)));
    const rows = new Rows(this.name, this.schema);
    await run.records(found.flat().map((resource) => rows.shape(resource)));
    rows.report(run.log);
    const complete = run.mode === 'full_refresh' ? {fullRefresh: true} : {};
    await run.checkpoint(formatStreamState({cursor: task.range[1], done: [], ...complete}));
  }

  async sample(): Promise<readonly Resource[]> {
    return this.rowsOf('customer');
  }

  private async readObject(object: string, run: StreamRun): Promise<readonly Resource[]> {
    try {
      return await this.rowsOf(object);
    } catch (error) {
      if (!(error instanceof RefusedError) || error.status !== 404) throw error;
      run.log('WARN', `${this.name}: Kustomer knows no ${object}; what it may have had is left out`);
      return [];
    }
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
