import 'camunda-bpmn-js/dist/assets/camunda-cloud-modeler.css';
import 'camunda-bpmn-js/dist/assets/bpmn-font/css/bpmn-embedded.css';
import '@bpmn-io/form-js-viewer/dist/assets/form-js.css';

import Modeler from 'camunda-bpmn-js/lib/camunda-cloud/Modeler';
import { Form } from '@bpmn-io/form-js-viewer';
import { Linter } from '@camunda/linting';
import { validateZeebe } from '@bpmn-io/element-templates-validator';

/** Opens a diagram in the modeler, as Desktop Modeler does for Camunda 8.8. */
window.openDiagram = async (xml, templates) => {
  window.modeler?.destroy();
  document.querySelector('#canvas').replaceChildren();
  const modeler = (window.modeler = new Modeler({
    container: '#canvas',
    propertiesPanel: { parent: '#properties' },
  }));
  modeler.get('elementTemplates').setEngines({ camunda: '8.8.0' });
  modeler.get('elementTemplatesLoader').setTemplates(templates);
  const { warnings } = await modeler.importXML(xml);
  modeler.get('canvas').zoom('fit-viewport');
  return warnings.map(String);
};

window.select = (id) => {
  const element = window.modeler.get('elementRegistry').get(id);
  window.modeler.get('selection').select(element);
};

window.openForm = async (schema, data) => {
  document.querySelector('#canvas').replaceChildren();
  const form = (window.form = new Form({ container: '#canvas' }));
  const { warnings } = await form.importSchema(schema, data);
  return warnings.map(String);
};

/** What the vendor's linter says of the open diagram. */
window.lint = () => new Linter({ type: 'cloud' }).lint(window.modeler.getDefinitions());

/** What the vendor's validator says of a template. */
window.validate = (template) => {
  const { valid, errors } = validateZeebe(template);
  return valid ? [] : errors;
};

/** Every element with an applied template, and whether the modeler knows that template. */
window.appliedTemplates = () => {
  const elementTemplates = window.modeler.get('elementTemplates');
  return window.modeler
    .get('elementRegistry')
    .filter((element) => element.type !== 'label' && elementTemplates._getTemplateId(element))
    .map((element) => ({
      id: element.id,
      template: elementTemplates._getTemplateId(element),
      known: Boolean(elementTemplates.get(element)),
      latest: elementTemplates.get(element) === elementTemplates.getLatest(
        elementTemplates._getTemplateId(element))[0],
    }));
};

/** What each binding of a task or event is called, and the values that nobody may change in the panel. */
const bindingsOf = (businessObject, template) => {
  const extensions = Object.fromEntries(
    businessObject.extensionElements.values.map((extension) => [extension.$type, extension]));
  const mapping = extensions['zeebe:IoMapping'];
  const { messageRef: message } = businessObject.eventDefinitions?.[0] ?? businessObject;
  const fixed = new Set(template.properties.filter((p) => p.type === 'Hidden').map((p) => p.binding.key ?? p.binding.name));
  const values = (list = [], name) => list.map((e) => [e[name], fixed.has(e[name]) ? e.value : '']);
  return {
    icon: businessObject.get('zeebe:modelerTemplateIcon'),
    version: businessObject.get('zeebe:modelerTemplateVersion'),
    jobType: extensions['zeebe:TaskDefinition']?.type,
    message: message?.name,
    messageTemplate: message?.get('zeebe:modelerTemplate'),
    subscription: message?.extensionElements.values.map((extension) => extension.$type),
    inputs: (mapping.inputParameters ?? []).map((input) => input.target),
    outputs: mapping.outputParameters.map((output) => output.source),
    headers: values(extensions['zeebe:TaskHeaders']?.values, 'key'),
    properties: values(extensions['zeebe:Properties'].properties, 'name'),
  };
};

/** A task or event of the open diagram, and what its template makes of a new one. */
window.bindings = (id) => {
  const elementTemplates = window.modeler.get('elementTemplates');
  const element = window.modeler.get('elementRegistry').get(id);
  const template = elementTemplates.get(element);
  return {
    shipped: bindingsOf(element.businessObject, template),
    made: bindingsOf(elementTemplates.createElement(template).businessObject, template),
  };
};

/** Submits the open form: its data, and its errors by field. */
window.submitForm = () => {
  const { data, errors } = window.form.submit();
  return { data, errors };
};

/** Resolves when a field of the open form has taken this value. */
window.formHas = (key, value) =>
  new Promise((resolve) => {
    window.form.on('changed', ({ data }) => data[key] === value && resolve());
  });
