import Ajv, {type ValidateFunction} from 'ajv';
import addFormats from 'ajv-formats';
import type {Stream} from './messages';
import type {Validate} from './tally';

/** Compiles the discovered schemas. */
export function validatorOf(streams: readonly Stream[]): Validate {
  // Airbyte's schemas have a keyword of their own, airbyte_type.
  const ajv = addFormats(new Ajv({strict: false}));
  const validators = new Map<string, ValidateFunction>(
    streams.map(({name, json_schema: schema}) => [name, ajv.compile(schema)]),
  );
  return (stream, data) => {
    const validate = validators.get(stream);
    if (!validate || validate(data)) return undefined;
    return ajv.errorsText(validate.errors, {dataVar: 'row'});
  };
}
