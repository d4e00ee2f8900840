// What scripts/docs.mjs puts between the markers of the pages: pure functions of the streams (src/streams) and of resources/spec.json.

/** Made by discover, one for each klass: no class of src/streams/objects is behind them. */
const KLASS_STREAMS = {
  name: 'kobject_<klass>',
  about: 'A custom object of one klass, with its own attributes',
  source: 'search and archive: few of many klasses alone, else once for all',
};

export function optionsTable({properties, required}) {
  const rows = Object.entries(properties).map(([key, property]) => {
    const fallback =
      property.default === undefined ? 'none' : code(property.default, property.type !== 'integer');
    return [
      property.title,
      code(key),
      required.includes(key) ? 'required' : fallback,
      `${property.description}${limitsOf(property)}`,
    ];
  });
  return table(['Field', 'Key', 'Default', 'Meaning'], rows);
}

/** The same for people who fill in the form, and see no keys. */
export function fieldsTable({properties, required}) {
  const rows = Object.entries(properties).map(([key, property]) => {
    const isOptional = !required.includes(key) && property.default === undefined;
    return [
      `${property.title}${isOptional ? ' (optional)' : ''}`,
      `${property.description}${limitsOf(property)}${defaultOf(property)}`,
    ];
  });
  return table(['Field', 'What to enter'], rows);
}

export function streamsTable(streams) {
  const rows = streams.map(({name, documentation, source, cursorField}) => [
    code(name),
    firstSentence(documentation.about),
    `${source.short}${cursorField ? '' : '; in full only'}`,
  ]);
  rows.push([code(KLASS_STREAMS.name), KLASS_STREAMS.about, KLASS_STREAMS.source]);
  return table(['Stream', 'What a row is', 'Read from'], rows);
}

/** The names alone, by how they are read. */
export function streamGroupsTable(streams) {
  const ways = [...new Set(streams.map(({source}) => source.way))];
  const rows = ways.map((way) => {
    const names = streams.filter(({source}) => source.way === way).map(({name}) => code(name));
    const isOfKlasses = names.includes('`kobjects`');
    return [way.name, [...names, ...(isOfKlasses ? [code(KLASS_STREAMS.name)] : [])].join(', ')];
  });
  return table(['Read by', 'Streams'], rows);
}

export function rolesTable(streams) {
  const byRoles = new Map();
  for (const {name, roles} of streams) {
    for (const anyRole of roles.length > 0 ? roles : [[]]) {
      const key = anyRole.join();
      byRoles.set(key, {anyRole, names: [...(byRoles.get(key)?.names ?? []), name]});
    }
  }
  const klassStreamsNeed = ['kobjects', 'klasses'];
  const rows = [...byRoles.values()].map(({anyRole, names}) => {
    const needed = klassStreamsNeed.some((name) => names.includes(name));
    const others = anyRole.length === 1 ? ', or another that reads them' : '';
    return [
      [...names, ...(needed ? [code(KLASS_STREAMS.name)] : [])].join(', '),
      anyRole.length === 0 ? 'none' : `${anyRole.map((role) => code(role)).join(', ')}${others}`,
    ];
  });
  return table(['Streams', 'Roles, any one of them suffices'], rows);
}

export function outlineTable(streams) {
  const rows = streams.map(({name, documentation, cursorField, schema}) => [
    `[${code(name)}](#${name})`,
    firstSentence(documentation.about),
    cursorField ? code(cursorField) : 'none',
    Object.keys(schema.properties).length,
  ]);
  return table(['Stream', 'What a row is', 'Cursor', 'Columns'], rows);
}

export function waysOfReading(streams) {
  const ways = [...new Set(streams.map(({source}) => source.way))];
  return ways
    .map((way) => {
      const names = streams.filter(({source}) => source.way === way).map(({name}) => code(name));
      return `- **${way.name}** (${names.join(', ')}). ${basisOf(way)}`;
    })
    .join('\n');
}

export function joinsDiagram(streams) {
  const arrows = streams.flatMap(({name, documentation, schema}) =>
    Object.entries(documentation.joins ?? {}).map(([column, target]) => {
      const [to, key] = target.split('.');
      const {description = '', ...property} = schema.properties[column] ?? {};
      const type = mainType(property);
      if (!type || !streams.some((stream) => stream.name === to)) {
        throw new Error(`no join from ${name}.${column} to ${target}`);
      }
      // The published type of some lists is text: they come as JSON.
      const isText = description.endsWith(' as a list in JSON.');
      const how = isText ? ' (a list in JSON)' : key ? ` = ${key}` : '';
      return `  ${name} ${type === 'string' && !isText ? '}o--o|' : '}o--o{'} ${to} : "${column}${how}"`;
    }),
  );
  return ['```mermaid', 'erDiagram', ...arrows, '```'].join('\n');
}

export function streamSections(streams) {
  return streams.map(sectionOf).join('\n\n');
}

function sectionOf(stream) {
  const {name, documentation, source, cursorField, schema} = stream;
  const rows = Object.entries(schema.properties).flatMap(([column, property]) => [
    [code(column), typeOf(property), property.description ?? '', sourceOf(stream, column, property)],
    ...membersOf(property, column),
  ]);
  return [
    `### ${code(name)}`,
    documentation.about,
    `Read from ${source.full}. ${cursorField ? `Cursor: ${code(cursorField)}.` : 'No cursor: read whole each time.'}`,
    basisOf(documentation),
    table(['Column', 'Type', 'What it holds', 'In Kustomer'], rows),
  ].join('\n\n');
}

/** A row for each member of a column, at any depth, that has a sentence of its own. Lists of objects have those of their members. */
function membersOf(property, path) {
  const properties = Object.entries((property.items ?? property).properties ?? {});
  return properties.flatMap(([name, member]) => {
    const below = membersOf(member, `${path}.${name}`);
    const {description} = member;
    return description ? [[code(`${path}.${name}`), typeOf(member), description, ''], ...below] : below;
  });
}

function basisOf({documented, assumed}) {
  return `Documented by Kustomer: ${documented}.${assumed ? ` Assumed: ${assumed}.` : ''}`;
}

function typeOf(property) {
  if (property.airbyte_type) return property.airbyte_type;
  const type = mainType(property);
  if (isReference(property)) return type === 'array' ? 'array of references' : 'reference';
  if (type === 'object') {
    return property.properties ? `object (${Object.keys(property.properties).length} known)` : 'object';
  }
  return property.items ? `array of ${mainType(property.items)}` : type;
}

/** What a column is made of, in the spelling of the API. */
function sourceOf({documentation, source, schema}, column, property) {
  const own = {...source.way.columns, ...documentation.columns}[column];
  if (own) return own;
  if (column === '_ab_additional_properties') return 'added: what no other column takes';
  if (['id', 'type', 'links'].includes(column)) return `${code(column)} of the record`;
  if (column.endsWith('_attribute')) return code(column.replace('_attribute', ''));
  // `_data` sets a relationship apart from the attribute of the same name.
  const joined = [column.replace(/_id$/, ''), column.replace(/_id$/, '_data')]
    .map((name) => name !== column && schema.properties[name])
    .find((each) => each && mainType(each) === 'object' && isReference(each));
  if (joined) return `id of relationship ${code(camelCase(column.replace(/_id$/, '')))}`;
  if (isReference(property)) return `relationship ${code(camelCase(column.replace(/_data$/, '')))}`;
  return code(camelCase(column));
}

/** `{id, type}`: what a relationship's data is. */
function isReference(property) {
  return (
    Object.keys((property.items ?? property).properties ?? {})
      .sort()
      .join() === 'id,type'
  );
}

function mainType({type}) {
  return [type].flat().find((each) => each !== 'null');
}

function camelCase(column) {
  return column.replace(/_([a-z0-9])/g, (_, next) => next.toUpperCase());
}

/** Without its full stop. */
function firstSentence(text) {
  return text.split(/[.](?:\s|$)/)[0];
}

function limitsOf({description, type, minimum, maximum, examples = []}) {
  if (type === 'integer') {
    return maximum === undefined ? ` ${minimum} or more.` : ` ${minimum} to ${maximum}.`;
  }
  const shown = examples.filter((example) => !description.includes(example)).map((example) => code(example));
  return shown.length > 0 ? ` For example ${shown.join(' or ')}.` : '';
}

function defaultOf({type, default: fallback}) {
  if (fallback === undefined) return '';
  if (type === 'boolean') return fallback ? ' On by default.' : ' Off by default.';
  return ` ${code(fallback, type !== 'integer')} by default.`;
}

function code(text, isCode = true) {
  return isCode ? `\`${text}\`` : String(text);
}

function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
