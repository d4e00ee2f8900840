import schema from '../../../resources/schemas/schedules.json';
import type {StreamSchema} from '../../records/shape';
import {ListStream} from '../list-stream';

/**
 * Business hours, by which times are measured.
 *
 * Documented: the list, its role, `hours` by weekday from "0" for Sunday, and that a deleted one is only marked
 * (developer.kustomer.com, Get all business schedules). Assumed: that it is paged as the others are, and whether deleted ones are in it.
 */
export class Schedules extends ListStream {
  readonly name = 'schedules';
  readonly path = '/v1/schedules';
  readonly schema: StreamSchema = schema;
}
