import {stretchesOf, work as recordOfStretch} from './bodies/parts';
import {Maker} from './bodies/maker';
import {workItemOf} from './bodies/work-item';
import {sessionsOf, workSession, type OwnedStretch} from './bodies/work-session';
import type {JsonObject} from './json';
import type {WorkName} from './objects';
import {compareRows, type Row} from './row';
import {truthOf, type TrueRow, type World} from './world';

/** A record that follows from conversations. */
export interface WorkRow extends Row {
  /** Of a work item that is finished: epoch ms. */
  readonly completedAt?: number;
  readonly make: () => JsonObject;
}

/** The records of work that follow from these conversations, by updatedAt and id. */
export function workRows(world: World, name: WorkName, conversations: Iterable<Row>): WorkRow[] {
  return makers[name](world, conversations).sort(compareRows);
}

/** The records of work whose updatedAt lies from `from` to `to` (epoch ms, both included), whether search shows them or not. */
export function truthOfWork(
  world: World,
  name: WorkName,
  {from = -Infinity, to = Infinity}: {from?: number; to?: number} = {},
): TrueRow[] {
  const rows = workRows(world, name, world.table('conversations').rows());
  return rows.filter(({updatedAt}) => updatedAt >= from && updatedAt <= to).map(truthOf);
}

/** What search shows of them: made when first asked for, and again when the index of conversations has changed. */
export class WorkIndex {
  private readonly made = new Map<WorkName, {generation: number; rows: readonly WorkRow[]}>();

  constructor(private readonly world: World) {}

  visible(name: WorkName): readonly WorkRow[] {
    const {visible, generation} = this.world.table('conversations');
    const known = this.made.get(name);
    if (known?.generation === generation) return known.rows;
    const rows = workRows(this.world, name, visible);
    this.made.set(name, {generation, rows});
    return rows;
  }
}

const makers: Record<WorkName, (world: World, conversations: Iterable<Row>) => WorkRow[]> = {
  conversation_times(world, conversations) {
    const rows: WorkRow[] = [];
    for (const conversation of conversations) {
      for (const stretch of stretchesOf(world, conversation)) {
        const make = (): JsonObject => {
          const maker = new Maker(world, 'conversations', conversation);
          return recordOfStretch(maker, stretch);
        };
        rows.push(rowOf({id: stretch.id, slot: rows.length, createdAt: stretch.at, make}));
      }
    }
    return rows;
  },
  work_items(world, conversations) {
    const rows: WorkRow[] = [];
    for (const conversation of conversations) {
      const item = workItemOf(world, conversation);
      if (!item) continue;
      const {id, createdAt, completedAt, body: make} = item;
      const {updatedAt, version} = conversation;
      const row = rowOf({id, slot: rows.length, createdAt, updatedAt, version, make});
      rows.push(completedAt === undefined ? row : {...row, completedAt});
    }
    return rows;
  },
  work_sessions(world, conversations) {
    const byAgent = new Map<string, OwnedStretch[]>();
    for (const conversation of conversations) {
      for (const stretch of stretchesOf(world, conversation)) {
        const own = byAgent.get(stretch.agent);
        const owned = {...stretch, conversation: conversation.id};
        if (own) own.push(owned);
        else byAgent.set(stretch.agent, [owned]);
      }
    }
    const sessions = [...byAgent.values()].flatMap((work) =>
      sessionsOf(
        world,
        work.sort((left, right) => left.at - right.at || (left.id < right.id ? -1 : 1)),
      ),
    );
    return sessions.map((session, slot) => {
      const {id, signedInAt: createdAt, signedOutAt: updatedAt} = session;
      return rowOf({id, slot, createdAt, updatedAt, make: () => workSession(world, session)});
    });
  },
};

function rowOf({
  updatedAt,
  version = 1,
  ...row
}: Pick<WorkRow, 'id' | 'slot' | 'createdAt' | 'make'> &
  Partial<Pick<Row, 'updatedAt' | 'version'>>): WorkRow {
  return {...row, updatedAt: updatedAt ?? row.createdAt, version, deletedAt: null};
}
