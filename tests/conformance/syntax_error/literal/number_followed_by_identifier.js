3px;
