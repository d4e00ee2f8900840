import schema from '../../../resources/schemas/teams.json';
import type {StreamSchema} from '../../records/shape';
import {ListStream} from '../list-stream';

export class Teams extends ListStream {
  readonly name = 'teams';
  readonly path = '/v1/teams';
  protected override readonly page = 500;
  readonly schema: StreamSchema = schema;
}
