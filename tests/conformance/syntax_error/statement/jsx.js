const a = <div>hello</div>;
