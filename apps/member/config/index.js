const path = require('node:path');

const apiBase = process.env.SHUKE_API_BASE ?? 'http://127.0.0.1:8080';
const brand = process.env.SHUKE_BRAND ?? 'hotpot';

const shared = {
  projectName: 'shuke-member',
  // Style sheets count in half CSS pixels of a 375-wide phone; the mini program takes them as rpx.
  designWidth: 750,
  deviceRatio: { 750: 1 },
  sourceRoot: 'src',
  outputRoot: `dist/${process.env.TARO_ENV}`,
  framework: 'react',
  compiler: { type: 'webpack5', prebundle: { enable: false } },
  cache: { enable: true, cacheDirectory: path.resolve(__dirname, '../.cache/webpack') },
  alias: { '@': path.resolve(__dirname, '../src') },
  plugins: [path.resolve(__dirname, 'accessibility/plugin.js')],
  sass: { silenceDeprecations: ['legacy-js-api', 'import', 'global-builtin'] },
  logger: { quiet: true, stats: false },
};

const esbuild = { minify: { enable: true, config: { target: 'es2015' } } };

module.exports = () => ({
  ...shared,
  jsMinimizer: 'esbuild',
  esbuild,
  mini: {
    defineConstants: { API_BASE: JSON.stringify(apiBase), DEFAULT_BRAND: JSON.stringify(brand) },
    postcss: { pxtransform: { enable: true, config: {} }, cssModules: { enable: false } },
  },
  h5: {
    // Same origin: the server that serves /m/ also answers /api/member.
    defineConstants: { API_BASE: JSON.stringify(''), DEFAULT_BRAND: JSON.stringify(brand) },
    publicPath: '/m/',
    staticDirectory: 'static',
    router: { mode: 'hash' },
    // Without this every page carries its own copy of the shared components (100 KB each).
    webpackChain: (chain) => {
      chain.optimization.splitChunks({
        chunks: 'all',
        maxInitialRequests: 10,
        minSize: 0,
        cacheGroups: {
          default: false,
          defaultVendors: false,
          vendors: { name: 'vendors', test: /[\\/]node_modules[\\/]/, minChunks: 1, priority: 10, chunks: 'initial' },
          shared: { name: 'shared', minChunks: 2, priority: 5, reuseExistingChunk: true },
        },
      });
    },
    output: { filename: 'js/[name].[contenthash:8].js', chunkFilename: 'js/[name].[contenthash:8].js' },
    miniCssExtractPluginOption: {
      ignoreOrder: true,
      filename: 'css/[name].[contenthash:8].css',
      chunkFilename: 'css/[name].[contenthash:8].css',
    },
    postcss: { pxtransform: { enable: true, config: { maxRootSize: 22 } }, autoprefixer: { enable: true }, cssModules: { enable: false } },
  },
});
