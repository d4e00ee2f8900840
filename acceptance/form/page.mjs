// The form of resources/spec.json in a browser, laid out by the rules of Airbyte's own form (docs/airbyte-protocol.md, The form), which
// react-jsonschema-form does not know: a card for each group, and what is optional folded away unless it is to be shown always.
import Form from '@rjsf/core';
import {customizeValidator} from '@rjsf/validator-ajv8';
import {createElement as h, createRef} from 'react';
import {flushSync} from 'react-dom';
import {createRoot} from 'react-dom/client';

/** `schema`, and what is filled in: `formData`; `isOpen` unfolds all that is folded. */
const {schema, formData, isOpen} = globalThis.SHOWN;
// Airbyte's form goes by the pattern alone: the format, which would refuse plain dates, only chooses the date picker.
const validator = customizeValidator({ajvOptionsOverrides: {validateFormats: false}});
const fields = Object.entries(schema.properties);
const uiSchema = {
  'ui:submitButtonOptions': {norender: true},
  ...Object.fromEntries(fields.map(([name, field]) => [name, {'ui:widget': widgetOf(field)}])),
};

function widgetOf({airbyte_secret: isSecret, type, enum: choices}) {
  if (isSecret) return 'password';
  if (choices) return 'select';
  return {boolean: 'checkbox', integer: 'updown'}[type] ?? 'text';
}

function Cards({properties}) {
  return h(
    'div',
    null,
    schema.groups.map(({id, title}) => {
      const cells = properties.filter(({name}) => schema.properties[name].group === id);
      const isShown = ({name}) =>
        schema.required.includes(name) || schema.properties[name].always_show === true;
      const [shown, folded] = [cells.filter(isShown), cells.filter((cell) => !isShown(cell))];
      const contents = folded.map(({content}) => content);
      return h(
        'section',
        {key: id, id},
        shown.length > 0 && h('h2', null, title),
        shown.map(({content}) => content),
        folded.length > 0 &&
          h(
            'details',
            {open: isOpen},
            h('summary', null, shown.length > 0 ? 'Optional fields' : title),
            contents,
          ),
      );
    }),
  );
}

function Field({
  id,
  label,
  children,
  rawErrors = [],
  required,
  schema: {type, description, pattern_descriptor: format},
}) {
  if (type === 'object') return children;
  return h(
    'div',
    {className: 'field', id: `field-${id}`},
    type !== 'boolean' && h('label', {htmlFor: id}, label, !required && h('small', null, ' Optional')),
    format && h('span', {className: 'format'}, format),
    children,
    rawErrors.map((error) => h('p', {className: 'error', key: error}, error)),
    h('p', {className: 'description'}, description),
  );
}

/** The words for a pattern come in place of the pattern. */
function inWords(errors) {
  return errors.map((error) =>
    error.name === 'pattern'
      ? {...error, message: `must look like ${schema.properties[error.property.slice(1)].pattern_descriptor}`}
      : error,
  );
}

const drawn = createRef();
flushSync(() =>
  createRoot(document.getElementById('form')).render(
    h(Form, {
      schema,
      uiSchema,
      formData,
      validator,
      ref: drawn,
      showErrorList: false,
      transformErrors: inWords,
      templates: {ObjectFieldTemplate: Cards, FieldTemplate: Field},
    }),
  ),
);
// What is filled in is judged at once, as if it had been entered.
if (formData) flushSync(() => drawn.current.validateForm());
// So that the choice can be seen in the page's text.
for (const option of document.querySelectorAll('option')) {
  option.toggleAttribute('selected', option.selected);
}
