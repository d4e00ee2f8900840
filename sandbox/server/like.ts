import {readFileSync} from 'node:fs';
import {isObject, type JsonObject} from '../world/json';
import {OBJECT_NAMES, type ObjectName} from '../world/objects';

/** How a sandbox differs from one without options. */
export interface Like {
  settings: JsonObject;
  /** Records per object. */
  sizes: Partial<Record<ObjectName, number>>;
  model?: string;
}

/** Reads a file with `{"sandbox": {"settings", "sizes", "model"}}`, as the probe writes it. Throws a TypeError that says what is wrong with it. */
export function readLike(file: string): Like {
  const json: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const like = isObject(json) ? json['sandbox'] : undefined;
  if (!isObject(like)) throw new TypeError('--like must name a file with a member "sandbox"');
  const {settings = {}, sizes = {}, model} = like;
  if (!isObject(settings) || !isObject(sizes)) throw new TypeError('settings and sizes must be objects');
  const wrong = Object.keys(sizes).find((name) => !OBJECT_NAMES.some((object) => object === name));
  if (wrong !== undefined) throw new TypeError(`there is no object ${wrong}`);
  return {settings, sizes: sizes as Like['sizes'], ...(typeof model === 'string' && {model})};
}
