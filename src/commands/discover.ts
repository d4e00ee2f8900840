import type {AirbyteCatalogMessage} from 'faros-airbyte-cdk/lib/protocol';
import type {Explanation} from '../airbyte/messages';
import type {Log} from '../airbyte/outlet';
import {catalogOf} from '../catalog/catalog';
import {type Field, fieldOf, unite} from '../catalog/custom-columns';
import type {Connection} from '../connection';
import {METADATA_RESOURCES, readAttributes, readKlasses} from '../kustomer/metadata';
import {nameKlassStreams} from '../streams/per-klass/names';

/** @param error why, where something failed */
type Warn = (what: string, error?: unknown) => void;

/** What is known of an organization's own model. */
interface Model {
  /** Enabled klasses; none where they could not be asked for. */
  readonly klasses: readonly string[];
  readonly custom: ReadonlyMap<string, readonly Field[]>;
}

/**
 * The catalog: the streams that everybody has, those of the organization's klasses, and its custom attributes. What cannot be
 * learnt about the organization stays open with a warning; the catalog comes all the same.
 */
export async function discoverCatalog(
  {client, lists, streams}: Pick<Connection, 'client' | 'lists' | 'streams'>,
  explain: (error: unknown) => Explanation,
  log: Log,
): Promise<AirbyteCatalogMessage> {
  const warn: Warn = (what, error) =>
    log('WARN', error === undefined ? what : `${what}: ${explain(error).message}`);
  const {klasses, custom} = await learnModel({client, lists}, warn);
  const kobjects = streams.filter(({name}) => name === 'kobjects');
  const ofKlasses = [...nameKlassStreams(klasses)].flatMap(([name, klass]) =>
    kobjects.map(({schema, primaryKey, cursorField}) => {
      return {name, schema, primaryKey, cursorField, customOf: `kobject.${klass}`};
    }),
  );
  return catalogOf([...streams, ...ofKlasses], custom);
}

async function learnModel({client, lists}: Pick<Connection, 'client' | 'lists'>, warn: Warn): Promise<Model> {
  const failed = new Map<string, unknown>();
  const custom = new Map<string, readonly Field[]>();
  const learn = async (resource: string): Promise<void> => {
    try {
      custom.set(resource, (await readAttributes(client, resource)).map(fieldOf));
    } catch (error) {
      failed.set(resource, error);
    }
  };
  const learnKlasses = async (): Promise<readonly string[]> => {
    try {
      const names = await readKlasses(client, lists, warn);
      await Promise.all(names.map((name) => learn(`kobject.${name}`)));
      return names;
    } catch (error) {
      warn('The klasses of custom objects are not known, so they have no streams of their own', error);
      return [];
    }
  };
  const [klasses] = await Promise.all([learnKlasses(), ...[...METADATA_RESOURCES].map(learn)]);
  custom.set('kobject', unite(klasses.map((name) => custom.get(`kobject.${name}`) ?? [])));
  const [first] = failed.keys();
  if (first !== undefined) {
    const resources = [...failed.keys()].sort().join(', ');
    warn(
      `The custom attributes of ${resources} are not known, so "custom" has no columns there`,
      failed.get(first),
    );
  }
  return {klasses, custom};
}
