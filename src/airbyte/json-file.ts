import {readFileSync} from 'node:fs';
import {InputError} from './input-error';

/** Some editors put it before the text, and JSON.parse refuses it. */
const BYTE_ORDER_MARK = /^\uFEFF/;

/**
 * Reads a JSON file that the command was given.
 * @param what how the file is named to people: `configuration`
 * @throws InputError when it cannot be read or parsed; never with any of its content, which may be a secret
 */
export function readJsonFile(file: string, what: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new InputError(
      `The ${what} file ${file} cannot be read (${code}): check the path given on the command line.`,
    );
  }
  try {
    return JSON.parse(text.replace(BYTE_ORDER_MARK, ''));
  } catch {
    throw new InputError(`The ${what} file ${file} is not valid JSON.`);
  }
}
