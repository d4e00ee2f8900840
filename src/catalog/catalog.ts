import {AirbyteCatalogMessage, type AirbyteStream, SyncMode} from 'faros-airbyte-cdk';
import type {StreamSchema} from '../records/shape';

/** A stream as the catalog shows it. */
export interface DescribedStream {
  readonly name: string;
  readonly schema: StreamSchema;
  readonly primaryKey: readonly string[];
  readonly cursorField: string;
}

/** The protocol's AirbyteStream has this since 0.5; the CDK's type does not know it yet. */
interface ResumableStream extends AirbyteStream {
  readonly is_resumable: true;
}

/** All streams, each with both sync modes and its own cursor and key. */
export function catalogOf(streams: readonly DescribedStream[]): AirbyteCatalogMessage {
  return new AirbyteCatalogMessage({streams: streams.map(describeStream)});
}

function describeStream({name, schema, primaryKey, cursorField}: DescribedStream): ResumableStream {
  return {
    name,
    json_schema: schema,
    supported_sync_modes: [SyncMode.FULL_REFRESH, SyncMode.INCREMENTAL],
    source_defined_cursor: true,
    default_cursor_field: [cursorField],
    source_defined_primary_key: primaryKey.map((column) => [column]),
    is_resumable: true,
  };
}
