`a${`b${`c`}d`}e`; `${{a: `}`}}`; `${function () { return `}`; }}`;
