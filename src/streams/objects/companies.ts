import schema from '../../../resources/schemas/companies.json';
import type {StreamRun} from '../../airbyte/stream';
import {add} from '../../cursor/intervals';
import {formatStreamState, parseStreamState} from '../../cursor/stream-state';
import {RefusedError} from '../../http/errors';
import type {Resource} from '../../kustomer/envelope';
import {readRoles} from '../../kustomer/roles';
import type {StreamSchema} from '../../records/shape';
import type {StreamDocumentation} from '../documentation';
import {ListStream} from '../list-stream';
import {planRead} from '../read/read-plan';
import {partOf} from '../read/part-run';
import {isRefusal, SearchStream} from '../search-stream';

const ABOUT = 'A company that customers belong to.';

export class Companies extends SearchStream {
  readonly name = 'companies';
  readonly context = 'company';
  readonly schema: StreamSchema = schema;
  readonly documentation: StreamDocumentation = {
    about: ABOUT,
    documented:
      "the context, that the archive has it, the archive's `company_updated_at`, and `GET /v1/companies` with its role `org.permission.company.read` (API description)",
    assumed:
      'that search sorts by `company_updated_at` too, as another client relies on. Where it refuses that, all companies are listed, and those that have changed passed on; deleted ones are missing then. `whatapps` and `extenal_id` are spelt so in the published list of attributes, and are there beside the right spelling',
    joins: {parent_id: 'companies', tags: 'tags'},
  };

  override async read(run: StreamRun): Promise<void> {
    const refusal = await this.refusalOf();
    if (!refusal) return super.read(run);
    const {path} = new CompanyList(this.deps);
    run.log(
      'WARN',
      `${this.name}: Kustomer refuses to search for them (${refusal.message}), so all of GET ${path} is read, and what has changed is passed on; deleted companies are missing`,
    );
    await orRefusal(this.readList(run), refusal);
  }

  override async sample(count: number): Promise<readonly Resource[]> {
    try {
      return await super.sample(count);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return orRefusal(new CompanyList(this.deps).sample(count), error);
    }
  }

  /** What search owes stays owed, and so do the deleted companies of what the list gives: searched for once that is granted. */
  private async readList(run: StreamRun): Promise<void> {
    const {clock, includeDeleted} = this.deps;
    const plan = planRead({...run, log: () => undefined}, {...this.deps, name: this.name, now: clock.now()});
    const {pendingArchive = [], pendingDeleted = []} = plan?.state ?? {};
    const owed = {
      pendingArchive,
      pendingDeleted: plan && includeDeleted ? add(pendingDeleted, plan.range) : pendingDeleted,
    };
    const part = partOf(run, {
      async checkpoint(json) {
        const state = parseStreamState(json);
        await run.checkpoint(plan && state ? formatStreamState({...state, ...owed}) : json);
      },
    });
    await new CompanyList(this.deps).read(part);
  }
}

/** The same companies as a list. */
class CompanyList extends ListStream {
  readonly name = 'companies';
  readonly path = '/v1/companies';
  readonly roles = [readRoles('company', 'permission', 'user')];
  readonly schema: StreamSchema = schema;
  readonly documentation: StreamDocumentation = {about: ABOUT, documented: ''};
}

/** Where the other way is refused as well, the refusal of search says what to do. */
async function orRefusal<T>(result: Promise<T>, refusal: RefusedError): Promise<T> {
  try {
    return await result;
  } catch (error) {
    throw error instanceof RefusedError ? refusal : error;
  }
}
