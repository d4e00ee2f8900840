import {readdirSync, readFileSync} from 'node:fs';

/** A schema as it stands in resources/schemas. */
export interface Schema {
  readonly type: string | string[];
  readonly format?: string;
  readonly airbyte_type?: string;
  readonly properties?: Record<string, Schema>;
  readonly items?: Schema;
  readonly additionalProperties?: unknown;
  readonly description?: string;
}

export const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

/** By stream. */
export const schemas: ReadonlyMap<string, Schema> = new Map(
  readdirSync('resources/schemas')
    .sort()
    .map((file) => [file.replace('.json', ''), readJson(`resources/schemas/${file}`) as Schema]),
);

/** The schema at a path; the members of a list have the path of the list. */
export function at(stream: string, path: string): Schema | undefined {
  let schema = schemas.get(stream);
  for (const name of path.split('.')) schema = (schema?.items ?? schema)?.properties?.[name];
  return schema;
}

export function mainType(schema: Schema): string | undefined {
  return [schema.type].flat().find((type) => type !== 'null');
}

/** The columns of a schema and their members at any depth, by path as {@link at} takes it. */
export function columnsOf(schema: Schema, prefix = ''): [path: string, column: Schema][] {
  return Object.entries((schema.items ?? schema).properties ?? {}).flatMap(([name, column]) => [
    [`${prefix}${name}`, column],
    ...columnsOf(column, `${prefix}${name}.`),
  ]);
}
