import { mergeInternalComponents } from '@tarojs/shared';
import words from './words.js';

// The templates number a component's attributes in order; the runtime must count the same ones, or an
// image's source lands in its label.
mergeInternalComponents(words);
