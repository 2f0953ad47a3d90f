/** Imported before the product by `npm run dev`: a plain way to set a variable on every system. */
process.env.NODE_ENV ??= 'development'
