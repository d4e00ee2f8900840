import fc from 'fast-check';
import {snakeCase} from '../../src/records/snake-case';

const anyKey = fc.string({unit: 'grapheme'});

describe('snakeCase', () => {
  test.each([
    ['createdAt', 'created_at'],
    ['slaVersion', 'sla_version'],
    ['externalIds', 'external_ids'],
    ['lastMessageUnrespondedToSinceLastDone', 'last_message_unresponded_to_since_last_done'],
    ['twitter-dm', 'twitter_dm'],
    ['stamped-io-reviews', 'stamped_io_reviews'],
    ['iOS00Str', 'i_os00_str'],
    ['os00Str', 'os00_str'],
    ['s3DataUrl', 's3_data_url'],
    ['HTMLPage', 'html_page'],
    ['pageURL', 'page_url'],
    ['Order  Number', 'order_number'],
    ['order.number/2', 'order_number_2'],
    ['already_snake_case', 'already_snake_case'],
    ['_private', '_private'],
    ['__proto__', '_proto_'],
    ['0', '0'],
    ['12', '12'],
    ['日本Str', '日本_str'],
    ['größeNum', 'größe_num'],
    ['ÉtatCivilStr', 'état_civil_str'],
    ['приветМирStr', 'привет_мир_str'],
    ['🎉partyBool', '🎉party_bool'],
    ['', ''],
  ])('%s becomes %s', (key, name) => {
    expect(snakeCase(key)).toBe(name);
  });

  test('changes nothing when applied again', () => {
    fc.assert(fc.property(anyKey, (key) => snakeCase(snakeCase(key)) === snakeCase(key)));
    fc.assert(
      fc.property(fc.string({unit: 'binary'}), (key) => snakeCase(snakeCase(key)) === snakeCase(key)),
    );
  });

  test('never ends empty, with a capital, or with a double underscore', () => {
    const isName = (name: string): boolean => name !== '' && !/[A-Z]|__/.test(name);
    fc.assert(fc.property(fc.string({minLength: 1}), (key) => isName(snakeCase(key))));
    fc.assert(fc.property(fc.string({unit: 'binary', minLength: 1}), (key) => isName(snakeCase(key))));
  });

  test('keeps every letter and digit, whatever its script', () => {
    const letters = (text: string): string => (text.toLowerCase().match(/[\p{L}\p{N}]/gu) ?? []).join('');
    const character = fc.constantFrom(...'aZ9éÉßжЖ日🎉 -_.');
    fc.assert(fc.property(fc.string({unit: character}), (key) => letters(snakeCase(key)) === letters(key)));
  });
});
