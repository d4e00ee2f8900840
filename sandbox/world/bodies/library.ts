import {merge, type JsonObject} from '../json';
import type {Maker} from './maker';
import {sentence} from './words';

const KNOWLEDGE_BASE_ID = '5f0c1d2e3a4b5c6d7e8f9a0d';

/** A group of prepared answers. */
export function shortcutCategory(maker: Maker): JsonObject {
  const attributes = {name: `Category ${maker.row.slot}`};
  return maker.resource(merge(maker.stamps(), attributes), maker.people());
}

/** An article of the knowledge base, with its text in one language. */
export function article(maker: Maker): JsonObject {
  const {random, fresh, row, createdAt, updatedAt} = maker;
  const title = sentence(random, 5);
  const slug = `article-${row.slot}`;
  const version = {
    _id: maker.id('kb_articles'),
    slug,
    title,
    htmlBody: `<p>${sentence(fresh, random.int(20, 80))}</p>`,
    status: 'published',
    scope: 'public',
    createdAt,
    updatedAt,
  };
  const attributes = {
    title,
    hash: slug,
    status: 'published',
    scope: random.pick(['public', 'internal']),
    publishedAt: maker.moment(),
    tags: [],
    categories: [{id: maker.id('kb_categories'), knowledgeBase: KNOWLEDGE_BASE_ID}],
    knowledgeBases: [KNOWLEDGE_BASE_ID],
    metaTitle: title,
    metaDescription: sentence(random, 10),
    metaKeywords: [],
    langVersions: {en_us: {currentVersion: {id: version}}},
    latestLangs: {en_us: version._id},
  };
  return maker.resource(merge(maker.stamps(), attributes), maker.people());
}

/** A category of the knowledge base; the first is the root of the others. */
export function category(maker: Maker): JsonObject {
  const {slot} = maker.row;
  const lang = {
    title: `Topic ${slot}`,
    slug: `topic-${slot}`,
    description: 'What belongs to it',
    disabled: false,
  };
  const attributes = {
    hash: `topic-${slot}`,
    published: true,
    root: slot === 0,
    positions: maker.ids('kb_articles', 4),
    categoryPositions: [],
    langs: {en_us: lang},
  };
  return maker.resource(merge(maker.stamps(), attributes), maker.people());
}
