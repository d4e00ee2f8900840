// Puts the sentences of resources/attributes/descriptions.json (see the README there) into a schema.

/**
 * @param schema of a stream
 * @param sentences {common, streams}: path, or pattern of a path, -> sentence
 * @returns the schema, with a `description` at each column that has a sentence
 */
export function describe(schema, stream, {common, streams}) {
  const lists = [streams[stream] ?? {}, common].map(compile);
  return describeMembers(schema, '', (path) => lists.map((sentenceOf) => sentenceOf(path)).find(Boolean));
}

/** A path that is written out goes before patterns, and these in their order. `*` stands for any text. */
function compile(list) {
  const patterns = Object.keys(list)
    .filter((key) => key.includes('*'))
    .map((key) => [new RegExp(`^${key.replaceAll('.', '\\.').replaceAll('*', '.*')}$`), list[key]]);
  return (path) => list[path] ?? patterns.find(([pattern]) => pattern.test(path))?.[1];
}

/** The members of a list have the path of the list. */
function describeMembers(schema, path, sentenceOf) {
  const below = path === '' ? '' : `${path}.`;
  const describeOne = ([name, property]) => {
    const sentence = sentenceOf(below + name) ?? property.description;
    const members = describeMembers(property, below + name, sentenceOf);
    return [name, sentence === undefined ? members : {...members, description: sentence}];
  };
  return {
    ...schema,
    ...(schema.properties && {
      properties: Object.fromEntries(Object.entries(schema.properties).map(describeOne)),
    }),
    ...(schema.items && {items: describeMembers(schema.items, path, sentenceOf)}),
  };
}
