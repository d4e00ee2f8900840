import {mustRead} from './access';
import {attachmentsOf, timesOf} from '../world/bodies/parts';
import {Maker} from '../world/bodies/maker';
import {holidays} from '../world/bodies/setup';
import type {Call} from './call';
import {notFound} from './errors';
import type {JsonObject} from '../world/json';
import {frame, pagingOf} from './paging';
import {dressed, numericId, recordOf} from './records';
import {checkRefusals} from './refusals';
import type {ObjectName} from '../world/objects';
import type {Row} from '../world/row';
import type {World} from '../world/world';

/** What hangs on a conversation, by the end of its address; the role's object (docs/kustomer-api.md, Further objects). */
const PARTS: Readonly<Record<string, {role: string; of(world: World, row: Row): JsonObject[]}>> = {
  attachments: {role: 'attachment', of: attachmentsOf},
  times: {role: 'conversation', of: timesOf},
};

/** Answers `GET /v1/conversations/{id}/attachments` and `…/times`. */
export function conversationPart(call: Call, id: string, name: string): JsonObject {
  const {world, settings, token} = call;
  const part = Object.hasOwn(PARTS, name) ? PARTS[name] : undefined;
  if (!part) throw notFound();
  mustRead(token, [part.role], settings);
  checkRefusals(settings.refusals, {of: 'parts', name});
  const row = find(call, 'conversations', id);
  if (!row) throw notFound();
  const all = part.of(world, row);
  const paging = pagingOf(call, name === 'times' ? 'times' : 'lists');
  const start = (paging.page - 1) * paging.size;
  const data = all.slice(start, start + paging.size).map((record): JsonObject => {
    const {id: own, ...rest} = dressed(record, {...row, id: String(record['id'])}, settings);
    return name === 'times' || settings.attachmentIds ? {...rest, id: own} : rest;
  });
  return {...frame(call, paging, start + paging.size < all.length), data};
}

/** Answers `GET /v1/schedules/{id}`, and with `include=holidays` these too (docs/kustomer-api.md, Further objects). */
export function schedule(call: Call, id: string): JsonObject {
  const {world, settings, token, request} = call;
  mustRead(token, ['schedule'], settings);
  checkRefusals(settings.refusals, {of: 'parts', name: 'holidays'});
  const row = find(call, 'schedules', id);
  if (!row || row.deletedAt !== null) throw notFound();
  const included = holidays(new Maker(world, 'schedules', row));
  const withHolidays = request.query['include'] === 'holidays';
  return {data: recordOf(call, 'schedules', row), ...(withHolidays && {included})};
}

function find({world, settings}: Call, object: ObjectName, id: string): Row | undefined {
  const table = world.table(object);
  if (settings.ids === 'text') return table.find(id);
  return table.listed.find((row) => String(numericId(row.id)) === id);
}
