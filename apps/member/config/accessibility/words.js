// Attributes that WeChat's screen reader understands, and where a node of ours holds them.
const WORDS = {
  'aria-label': 'i.ariaLabel',
  'aria-hidden': 'i.ariaHidden',
  'aria-checked': 'i.ariaChecked',
  'aria-selected': 'i.ariaSelected',
  'aria-disabled': 'i.ariaDisabled',
  // The web's `role` has another name in WeChat.
  'aria-role': 'i.role',
};

const COMPONENTS = ['View', 'Image', 'Input', 'Button'];

module.exports = Object.fromEntries(COMPONENTS.map((name) => [name, WORDS]));
