import {AirbyteCatalogMessage, type AirbyteStream, SyncMode} from 'faros-airbyte-cdk/lib/protocol';
import type {StreamSchema} from '../records/shape';
import {type Field, declareCustomColumns} from './custom-columns';

/** A stream as the catalog shows it. */
export interface DescribedStream {
  readonly name: string;
  readonly schema: StreamSchema;
  readonly primaryKey: readonly string[];
  /** Undefined for one that can only be read whole. */
  readonly cursorField: string | undefined;
  /** Whose custom attributes its `custom` has, where it has any. */
  readonly customOf?: string | undefined;
}

/** The protocol's AirbyteStream has this since 0.5; the CDK's type does not know it yet. */
interface ResumableStream extends AirbyteStream {
  readonly is_resumable: true;
}

/**
 * All streams, each with its sync modes, cursor and key.
 * @param custom the organization's own attributes, by what `customOf` names
 */
export function catalogOf(
  streams: readonly DescribedStream[],
  custom: ReadonlyMap<string, readonly Field[]>,
): AirbyteCatalogMessage {
  return new AirbyteCatalogMessage({
    streams: streams.map((stream) => describeStream(stream, custom.get(stream.customOf ?? '') ?? [])),
  });
}

function describeStream(
  {name, schema, primaryKey, cursorField}: DescribedStream,
  fields: readonly Field[],
): ResumableStream {
  return {
    name,
    json_schema: declareCustomColumns(schema, fields),
    ...(cursorField === undefined
      ? {supported_sync_modes: [SyncMode.FULL_REFRESH]}
      : {
          supported_sync_modes: [SyncMode.FULL_REFRESH, SyncMode.INCREMENTAL],
          source_defined_cursor: true,
          default_cursor_field: [cursorField],
        }),
    source_defined_primary_key: primaryKey.map((column) => [column]),
    is_resumable: true,
  };
}
