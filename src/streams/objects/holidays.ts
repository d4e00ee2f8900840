import schema from '../../../resources/schemas/holidays.json';
import type {Log} from '../../airbyte/outlet';
import {RefusedError} from '../../http/errors';
import {isObject} from '../../json';
import {type Resource, readIncluded} from '../../kustomer/envelope';
import {readRoles} from '../../kustomer/roles';
import type {StreamSchema} from '../../records/shape';
import type {StreamDocumentation, StreamSource} from '../documentation';
import {ListStream} from '../list-stream';

export class Holidays extends ListStream {
  readonly name = 'holidays';
  readonly path = '/v1/schedules';
  override readonly isOptional = true;
  override readonly cursorField = undefined;
  readonly roles = [readRoles('schedule', 'permission', 'user', 'admin')];
  readonly schema: StreamSchema = schema;
  readonly documentation: StreamDocumentation = {
    about:
      'A holiday of a schedule: `start_date` and `end_date` are the instants at which it begins and ends.',
    documented: 'one schedule with its holidays, the roles and attributes (API description)',
    assumed:
      'that the list has every schedule whose holidays matter, and that a change of a holiday need not change its schedule: so all are read each time',
    joins: {schedule: 'schedules'},
  };

  override get source(): StreamSource {
    return {
      short: 'one request per schedule',
      full: '`GET /v1/schedules/{id}?include=holidays`, one request for each of `GET /v1/schedules`',
      way: super.source.way,
    };
  }

  protected override readonly recordsOf = async (
    schedules: readonly Resource[],
    log: Log,
  ): Promise<readonly Resource[]> =>
    (await Promise.all(schedules.map(({id}) => this.holidaysOf(id, log)))).flat();

  /** Two requests: the first schedule, and its holidays. */
  override async sample(): Promise<readonly Resource[]> {
    const [schedule] = await super.sample(1);
    return schedule ? this.holidaysOf(schedule.id, () => undefined) : [];
  }

  private async holidaysOf(scheduleId: string, log: Log): Promise<readonly Resource[]> {
    const endpoint = {method: 'GET', path: `${this.path}/${encodeURIComponent(scheduleId)}`} as const;
    try {
      const included = await this.deps.client.request({
        build: () => ({...endpoint, params: {include: 'holidays'}}),
        decode: (body) => readIncluded(endpoint, body),
      });
      return included
        .filter(({type}) => type === 'holiday')
        .map((holiday) => withSchedule(holiday, scheduleId));
    } catch (error) {
      if (!(error instanceof RefusedError) || error.status !== 404) throw error;
      log(
        'WARN',
        `${this.name}: schedule ${scheduleId} was listed, but Kustomer knows it no more; its holidays are left out`,
      );
      return [];
    }
  }
}

/** With the schedule that it was read from, where it does not name one itself. */
function withSchedule(holiday: Resource, id: string): Resource {
  const own = holiday.relationships?.['schedule'];
  const schedule = isObject(own) && own['data'] ? own : {data: {type: 'schedule', id}};
  return {...holiday, relationships: {...holiday.relationships, schedule}};
}
