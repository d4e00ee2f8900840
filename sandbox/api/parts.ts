import {mustRead} from './access';
import {attachmentsOf, notesOf, timesOf} from '../world/bodies/parts';
import {eventsOf} from '../world/bodies/events';
import {mergesOf} from '../world/bodies/merges';
import {conversationOf, responseOf} from '../world/bodies/responses';
import {Maker} from '../world/bodies/maker';
import {holidays} from '../world/bodies/setup';
import type {Call} from './call';
import {notFound} from './errors';
import type {JsonObject} from '../world/json';
import type {ObjectName} from '../world/objects';
import {frame, pagingOf} from './paging';
import {dressed, numericId, recordOf} from './records';
import {checkRefusals} from './refusals';
import type {Row} from '../world/row';
import type {World} from '../world/world';

interface Part {
  /** The object of the role that reads it (docs/kustomer-api.md, Roles). */
  role: string;
  of(world: World, row: Row): JsonObject[];
  /** Whether its answers have an empty `meta` (docs/kustomer-api.md, Envelope). */
  isBare?: boolean;
}

/** What hangs on one record, by the end of its address (docs/kustomer-api.md, Further objects). */
const PARTS: Partial<Record<ObjectName, Readonly<Record<string, Part>>>> = {
  conversations: {
    attachments: {role: 'attachment', of: attachmentsOf, isBare: true},
    events: {role: 'event', of: eventsOf, isBare: true},
    notes: {role: 'note', of: notesOf},
    times: {role: 'conversation', of: timesOf},
  },
  customers: {merges: {role: 'customer_merge', of: mergesOf}},
};

/** Answers `GET /v1/{object}/{id}/{name}`, such as `/v1/conversations/…/notes`. */
export function partsOf(call: Call, object: ObjectName, id: string, name: string): JsonObject {
  const {world, settings, token} = call;
  const parts = PARTS[object] ?? {};
  const part = Object.hasOwn(parts, name) ? parts[name] : undefined;
  if (!part) throw notFound();
  mustRead(token, [part.role], settings);
  checkRefusals(settings.refusals, {of: 'parts', name});
  const row = findRow(call, object, id);
  if (!row) throw notFound();
  const all = part.of(world, row);
  const paging = pagingOf(call, name === 'times' ? 'times' : 'lists');
  const start = (paging.page - 1) * paging.size;
  const data = all.slice(start, start + paging.size).map((record): JsonObject => {
    const {id: own, ...rest} = dressed(record, {...row, id: String(record['id'])}, settings);
    return name !== 'attachments' || settings.attachmentIds ? {...rest, id: own} : rest;
  });
  const framed = frame(call, paging, start + paging.size < all.length);
  return {...framed, ...(part.isBare && {meta: {}}), data};
}

/** Answers `GET /v1/schedules/{id}`, and with `include=holidays` these too (docs/kustomer-api.md, Further objects). */
export function schedule(call: Call, id: string): JsonObject {
  const {world, settings, token, request} = call;
  mustRead(token, ['schedule'], settings);
  checkRefusals(settings.refusals, {of: 'parts', name: 'holidays'});
  const row = findRow(call, 'schedules', id);
  if (!row || row.deletedAt !== null) throw notFound();
  const included = holidays(new Maker(world, 'schedules', row));
  const withHolidays = request.query['include'] === 'holidays';
  return {data: recordOf(call, 'schedules', row), ...(withHolidays && {included})};
}

/** Answers `GET /v1/satisfaction-responses/{id}`: one record, not a list. */
export function satisfactionResponse({world, settings, token}: Call, id: string): JsonObject {
  mustRead(token, ['satisfaction_response'], settings);
  checkRefusals(settings.refusals, {of: 'parts', name: 'satisfaction-responses'});
  const row = conversationOf(world, id);
  const response = row && responseOf(world, row);
  if (!response) throw notFound();
  return {
    data: dressed(response, {...row, id}, settings),
    links: {self: `/v1/satisfaction-responses/${id}`},
  };
}

function findRow({world, settings}: Call, object: ObjectName, id: string): Row | undefined {
  const table = world.table(object);
  if (settings.ids === 'text') return table.find(id);
  return table.listed.find((row) => String(numericId(row.id)) === id);
}
