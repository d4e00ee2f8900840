import fc from 'fast-check';
import {AmbiguousKlass, klassOfStream, nameKlassStreams} from '../../../src/streams/per-klass/names';

function namesOf(...klasses: string[]): object {
  return Object.fromEntries(nameKlassStreams(klasses));
}

test('a klass has its stream, in snake_case', () => {
  expect(namesOf('shopify-order', 'giftOrder', 'über-auftrag', 'order_item', 'v2')).toEqual({
    kobject_gift_order: 'giftOrder',
    kobject_order_item: 'order_item',
    kobject_shopify_order: 'shopify-order',
    kobject_v2: 'v2',
    kobject_über_auftrag: 'über-auftrag',
  });
});

test('names that would be one: who is spelt so has it, the others carry digits that are always the same', () => {
  expect(namesOf('order-item', 'order_item', 'orderItem')).toEqual({
    kobject_order_item: 'order_item',
    kobject_order_item_48128a: 'order-item',
    kobject_order_item_a45853: 'orderItem',
  });
});

test('where nobody is spelt so, nobody has the plain name', () => {
  expect(Object.values(namesOf('gift-order', 'giftOrder')).sort()).toEqual(['gift-order', 'giftOrder']);
  expect(namesOf('gift-order', 'giftOrder')).not.toHaveProperty('kobject_gift_order');
});

test('what was discovered is found again, whichever klasses have come or gone since', () => {
  const named = [...nameKlassStreams(['gift-order', 'giftOrder'])];
  const [hashed = ''] = named.find(([, klass]) => klass === 'gift-order') ?? [];
  expect(klassOfStream(hashed, ['gift-order', 'giftOrder', 'gift_order'])).toBe('gift-order');
  expect(klassOfStream(hashed, ['gift-order'])).toBe('gift-order');
  expect(klassOfStream('kobject_gift_order', ['gift-order'])).toBe('gift-order');
  expect(klassOfStream('kobject_gift_order', ['gift-order', 'gift_order'])).toBe('gift_order');
  expect(klassOfStream(hashed, ['giftOrder'])).toBeUndefined();
  expect(klassOfStream('kobject_gift_order', ['loop-return'])).toBeUndefined();
});

test('a name that may mean two klasses is not guessed at', () => {
  const found = klassOfStream('kobject_gift_order', ['gift-order', 'x', 'giftOrder']);
  expect(found).toEqual(new AmbiguousKlass(['gift-order', 'giftOrder']));
});

test('however klasses are called and ordered, each has one stream and is found by it', () => {
  const klass = fc.oneof(fc.string({minLength: 1}), fc.constantFrom('a-b', 'aB', 'a_b', 'A-B', 'AB'));
  fc.assert(
    fc.property(fc.uniqueArray(klass), (klasses) => {
      const named = nameKlassStreams(klasses);
      expect([...named.values()].sort()).toEqual([...klasses].sort());
      expect([...nameKlassStreams(klasses.toReversed())]).toEqual([...named]);
      for (const [stream, name] of named) expect(klassOfStream(stream, klasses)).toBe(name);
    }),
  );
});
